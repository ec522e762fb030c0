"""What the desk keeps beside the set-up: proposals that somebody is still looking at."""

from organize.store.proposals import proposal_table

__all__ = ["proposal_table"]
