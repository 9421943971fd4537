"""Hand-written tables, and how each becomes a file of the package."""
