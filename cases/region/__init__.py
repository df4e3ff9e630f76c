"""How does a region stand, in numbers and in what it agreed?"""
