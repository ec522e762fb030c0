"""What people look at: the live board, result lists and their versions, streams, paper. It decides nothing."""
