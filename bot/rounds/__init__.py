"""A matching round from start to end: who enters, what is proposed, and what those who run it make of it.

`bot.matching` finds the pairs; this package knows people and programmes, but neither a database nor a sentence.
"""
