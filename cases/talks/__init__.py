"""Which talk is planned, with whom and when, and what goes into an agenda?"""
