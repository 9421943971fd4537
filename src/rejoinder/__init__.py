"""Rejoinder reads news coverage and writes the record of an exchange."""
