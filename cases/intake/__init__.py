"""How do absence reports come in, and what becomes of each?"""
