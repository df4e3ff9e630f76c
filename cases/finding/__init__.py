"""Who is meant: which child, dossier, report or school do people ask for?"""
