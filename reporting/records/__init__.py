"""What do papers about one act say: a decision, an overleg, the agenda of the board?"""
