"""Who works where, in which role, with which rights?"""
