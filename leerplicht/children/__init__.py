"""Which children do we know, by what people say of them?"""
