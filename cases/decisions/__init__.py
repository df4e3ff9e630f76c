"""Who cuts the knot, about which place, and is everything there to do so?"""
