"""What an organizer holds: the checklist from an empty page to certificates, race control, jury, publication."""
