"""The law as plain functions: dates in, dates and words out.

No framework, no clock, no settings, no database. `today` is always an argument. Everything that is wrong with the
input raises `ValueError` with one Dutch sentence that may be shown to the user as it is.
"""
