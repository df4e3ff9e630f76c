"""Who handles a dossier, and how does it move on?"""
