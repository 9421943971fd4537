"""A record on its way elsewhere: `entry` (reports), `ruling` (decisions), `replica` (all of it)."""
