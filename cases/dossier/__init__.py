"""What is a dossier: its child, its state, its next steps, and who takes part in it?"""
