"""What does a parent or child see that looks along?"""
