"""How is the pack of a Thuiszitterstop made, for which reader?"""
