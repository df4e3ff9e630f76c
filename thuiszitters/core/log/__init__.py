"""Who did what and who looked at whom, in a log that cannot be changed?"""
