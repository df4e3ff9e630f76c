"""What is encrypted, with which key?"""
