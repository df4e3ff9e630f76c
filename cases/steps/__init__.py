"""Which steps of the stappenplan does a dossier go through, when, and what came of them?"""
