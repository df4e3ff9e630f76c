"""Which child is this: the one we know, or another?"""
