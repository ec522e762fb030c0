"""Map files: pictures, and the world files that say where they lie."""
