"""Is a claim on an exemption or a request right by law, and what follows?"""
