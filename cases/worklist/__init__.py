"""Which dossiers need me first, and what waits for me today?"""
