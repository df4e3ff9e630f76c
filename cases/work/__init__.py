"""What do people write in a dossier: contacts, notes, next steps and what plays a role?"""
