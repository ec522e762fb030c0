"""Entries from the files of other programs and from the tables that people fill in.

`race.exchange.dispatch.read` takes any file and tells what it is. Readers return the part of a race file that a file
holds and every fault with its line; what cannot be taken is named, and nothing is made up.
"""
