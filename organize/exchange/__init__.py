"""Files that the desk hands out."""
