"""Which parents and children look along, and what do they say?"""
