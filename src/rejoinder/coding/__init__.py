"""How good is the reading of this record? What people code, and what follows from it.

Coders code a random sample of the record's paragraphs, each alone; from that follow the
agreement between them, and precision and recall of the machine with their intervals. Pure functions
over plain data: which samples and codings there are is for `store` to know, how they are shown for
the faces.

Rooms: `sample` (units, the draw, codings), `compare` and `names` (which statement of one coder is
which of another's), `alpha` and `interval` (the two kinds of number), `agreement` and `measure`
(between coders; of the machine), `results` (all of it, and the paragraph for a methods section),
`table` (codings as a spreadsheet), `gold` (codings as labels to train on).
"""

from __future__ import annotations
