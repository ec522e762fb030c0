"""Knowledge: banks of questions, fair draws from them, and marking. Right answers never leave the server unasked."""
