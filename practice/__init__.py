"""Practising on questions before race day, and the duel of two by the clock. Nothing here goes into a race's log."""
