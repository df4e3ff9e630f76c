"""Which schools are there, and how is one found?"""
