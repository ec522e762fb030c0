"""The rules of a race as pure functions: set-up and facts in, runs and standings out. No rule asks the time."""
