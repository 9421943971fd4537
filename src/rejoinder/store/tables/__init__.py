"""What a record is made of: its tables, and the ways into them that know nothing of what they mean.

`columns`, `exact`, `schema` and `coded` (the tables), `engine` (how the database is opened), `rows`
(readings to rows and back), `deeds` (decisions, as they are written down), `identity` (which
article is which), `search` and `indexes` (text and columns that are looked through), `near`
(vectors in memory).
"""
