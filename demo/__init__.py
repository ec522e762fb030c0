"""The sample race: a made-up park, its map, a bank of questions, 38 teams; and the simulated teams that play it.

Nothing in the rest of the house imports this package except the command that sets the sample race up.
"""
