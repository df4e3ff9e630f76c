"""Which organisation takes part in a dossier, on what ground, and who takes it over?"""
