"""Who says that a step of another organisation was done, and what does its owner say to that?"""
