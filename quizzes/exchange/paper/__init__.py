"""Question sheets on paper: Word and plain text become lines, lines become questions."""
