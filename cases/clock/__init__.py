"""How long is the child at home, which term nears or passed, and who is told by a flag?"""
