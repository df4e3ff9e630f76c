"""What does the paper of a dossier say?"""
