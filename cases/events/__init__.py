"""What happened in a dossier, by subject: each function reads rows (`cases.whole`) and gives the events that show."""
