"""What comes in from another system, and what was it called there?"""
