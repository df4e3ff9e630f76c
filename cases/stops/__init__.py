"""How does a Thuiszitterstop go through many dossiers?"""
