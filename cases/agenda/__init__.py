"""What stands on which day for somebody, and how does it come into the own calendar?"""
