"""What asks something of me today, and is anything out of everybody's sight?"""
