"""Which parts does a dossier have, and which role sees how much of each?"""
