"""Who stands around the child: professionals, brothers and sisters?"""
