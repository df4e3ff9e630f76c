"""What does one person see of one dossier, and is that look on record?"""
