"""Which letters of a dossier left, to whom and when?"""
