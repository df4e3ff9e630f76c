"""Who looks after a dossier today, and who divides what nobody looks after?"""
