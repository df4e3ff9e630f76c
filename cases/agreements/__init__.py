"""What did a region agree: its terms, convenanten, mandaten and action points?"""
