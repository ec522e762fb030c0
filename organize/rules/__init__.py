"""Pure rules of the organizer's way."""
