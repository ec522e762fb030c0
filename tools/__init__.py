"""What `make` runs to set up, build and check Waypost; no part of the running server."""
