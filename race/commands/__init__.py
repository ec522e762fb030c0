"""The commands that read, import and export races."""
