"""What becomes of children, dossiers and rights when a gemeente becomes a part of another?"""
