"""Names of people as they are written: folded to compare and to search, cut into prefix and last name, and whether two
spellings are of one person. Pure: no Django, no database."""
