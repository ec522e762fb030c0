"""What teams and marshals hold in their hands: the shell of the phone client and the bundle it plays from."""
