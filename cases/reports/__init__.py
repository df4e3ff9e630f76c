"""What does a school report by form, and what does it hear of it?"""
