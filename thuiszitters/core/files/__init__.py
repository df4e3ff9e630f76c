"""Which files are kept, and are they still as they were kept?"""
