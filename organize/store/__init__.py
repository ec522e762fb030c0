"""What the desk keeps beside the set-up: sign-up links of clubs, and proposals somebody is still looking at."""

from organize.store.proposals import proposal_table
from organize.store.signup import club_link_table, signup_table

__all__ = ["club_link_table", "proposal_table", "signup_table"]
