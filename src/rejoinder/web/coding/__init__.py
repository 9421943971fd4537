"""Coding in the browser: what a coded sample says (`results`), and passages to code (`passage`).

`pages` has the addresses. Only a sample's coders can code it, where the site may be written to; the
results can be seen by whoever sees the record.
"""
