"""What people look at: the live board, result lists and their published versions, streams, paper. It decides nothing."""
