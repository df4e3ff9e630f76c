"""Which talk is planned, with whom and when? The moments that people plan, and the file for an agenda."""
