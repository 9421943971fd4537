"""What people decide, and how it stays: `decisions` makes work what `tables.deeds` writes down.

`checking` (whether it can be), `rewording` (the words of a statement), `untying` (what does not
belong together), `recast` (actors that nobody needs any more), `refreshing` (reports read again
beneath decisions), `changes` (from what to what) and `desk` (what a person goes through).
"""
