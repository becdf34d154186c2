"""The shared conversation engine of Mentronome; it knows no platform."""
