"""Which dispute route or help of a consultant was started for a child, and what came of it?"""
