"""The ground floor: database, clock, keys, languages, problems. Not one word of the sport."""
