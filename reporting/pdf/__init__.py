"""How does a page become a PDF that is PDF/UA and PDF/A at once, in a child that fetches nothing?"""
