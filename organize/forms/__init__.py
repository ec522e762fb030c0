"""What organizers type → parts of the race file, or faults by field."""
