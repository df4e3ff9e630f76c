"""Who may act on what: on the own rows, on those of another organisation, on a duty of the law?"""
