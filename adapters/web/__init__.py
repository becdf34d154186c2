"""The pages that Mentronome serves itself: the playground, where several people's conversations stand side by side.

NiceGUI is imported in `page` and what it is made of; nothing else needs it, so that a command that serves no page
does not wait for it.
"""
