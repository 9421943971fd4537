"""Readings going out: `json` for programs, `terminal`, `marked` and `html` for people.

Each module takes readings and gives text; none opens a file or decides where the text goes. What
the views for people have in common stands in `layout` (quotations, places), `exchange` (the order),
`wording` (what is said of a statement) and `closing` (what stands below). A new way out is a new
module here and one line in the command that offers it.
"""
