"""Who met about one child (MDO, thuiszitterstafel), and what was agreed?"""
