"""With what result does a dossier close, and what ends with it?"""
