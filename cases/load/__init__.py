"""Who has what, who is away, and how is work handed out?"""
