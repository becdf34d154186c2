"""A company that lives through some weeks of mentoring, and a witness who holds every message against the promises.

The application is the real one, over a real SQLite file; the chat platform, the clock and the people are played. The
witness knows only what reached the chat, what the people wrote into their own diaries, and what the rows say.
"""
