"""Who looked at whom, what is unusual, and what is kept about people?"""
