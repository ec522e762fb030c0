"""Who may do what: accounts, one-time links, and tokens that say (race, role, subject)."""
