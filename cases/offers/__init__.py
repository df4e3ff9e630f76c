"""Which places are asked for and offered, and does the child stay there?"""
