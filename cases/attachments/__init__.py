"""Which files did people put in a dossier, and who may open them?"""
