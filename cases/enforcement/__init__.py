"""What did the boa do, in a compartment of its own?"""
