"""The tests; hypothesis takes the time it needs, and keeps its examples under build/."""

from pathlib import Path

from hypothesis import configuration, settings

configuration.set_hypothesis_home_dir(Path(__file__).parent.parent / "build" / "hypothesis")
settings.register_profile("mentronome", deadline=None)
settings.load_profile("mentronome")
