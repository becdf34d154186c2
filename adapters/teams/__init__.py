"""Microsoft Teams: what people type, press and fill in comes in here, and cards and dialogs go out."""
