"""For whom is a paper, what may stand in it, and where is it found back?"""
