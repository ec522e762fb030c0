"""What one process keeps in memory of its races, and how records go through it into the log."""
