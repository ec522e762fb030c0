"""How practice is drawn and how a duel goes. All pure: time, and the questions drawn, are arguments."""
