"""What blocks the way back, and who can take it away?"""
