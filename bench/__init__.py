"""Measurements: accuracy on held-out data, speed as a ratio to a peer in the same run."""
