"""What does every page need: doors, forms, drafts, the frame around it?"""
