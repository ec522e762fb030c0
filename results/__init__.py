"""What people look at: the live board, result lists, streams. Reads only; it never decides and never writes a fact."""
