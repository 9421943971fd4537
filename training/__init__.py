"""Training: rebuilds the shipped weights from the data.

Stands outside the installed package and depends on it.
"""
