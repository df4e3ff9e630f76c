"""Who gets a mail that something waits, and when?"""
