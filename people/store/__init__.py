"""What is kept of people: unions and the races they own, accounts and personal tokens, one-time links."""
