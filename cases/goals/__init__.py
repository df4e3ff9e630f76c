"""What do people want to reach for a child, and what do parents and child think of it?"""
