"""The demonstration region: invented children, schools and people in the five gemeenten of Lekstroom."""
