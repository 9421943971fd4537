"""Measurements: accuracy on held-out data, speed as a ratio to a peer in the same run."""

import os

# As the command does it, before NumPy is loaded.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
