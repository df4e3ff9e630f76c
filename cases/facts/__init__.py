"""What is recorded by hand about the child itself?"""
