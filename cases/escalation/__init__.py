"""Does the samenwerkingsverband take it on, who leads, and when do we look again?"""
