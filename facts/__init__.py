"""What happened: an append-only log for each race. A fact is never changed and never deleted; all else is computed."""
