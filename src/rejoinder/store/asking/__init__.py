"""What a record answers: functions over a connection that only read.

`find` and `facets` (statements that are looked for), `latest` and `view` (few of many, as they are
shown), `exchange`, `positions`, `namings`, `issues`, `stances`, `contrast`, `network`, `profiles`
and `evidence` (what many reports say together), `whose` (for whom somebody speaks) and `status`.
"""
