"""Where: checkpoints, the keys and signs that prove a visit, their tasks, and courses made of them."""
