"""Which letters can be written, with which words and fields?"""
