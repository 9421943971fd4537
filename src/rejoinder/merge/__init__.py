"""Over many reports: who is who, which statements are one utterance, what answers what.

`figures` joins the actors of articles, `utterances` the statements that several articles carry,
`clusters` makes groups of such judgements, `answers` ties replies across articles, `topics` says
what utterances are about and `labels` names that, `contrast` by which words two sides differ,
`rereading` tells which statements of a new reading are old ones. All of it is pure: plain data in,
decisions with their reasons out; the record (`rejoinder.store`) asks and keeps the answers.

The one idea: a decision is an edge with a score and a reason, never an overwritten row. So people
can overrule it, and what follows from it can be worked out anew.
"""
