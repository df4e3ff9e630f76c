"""Which own words does an organisation put on a dossier, to find it by?"""
