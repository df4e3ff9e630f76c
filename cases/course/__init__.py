"""What does a dossier say to whoever sees this much of it?"""
