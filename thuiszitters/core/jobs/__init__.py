"""Which work must still be done, and who does it now?"""
