"""Team games: what a marshal measures, and the rule that turns measures into pass, points and penalties."""
