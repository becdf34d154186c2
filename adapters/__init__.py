"""Each platform's side of the house: they translate, and hold no rule."""
