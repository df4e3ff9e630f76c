"""How does a region make its stappenplan, and what changes when it is agreed?"""
