"""The record as pages: server-rendered, read-only, each with a twin in JSON.

`app` makes the application; `guard` stands before it and `asked` before the record, so nothing that
a stranger types reaches either unchecked. A page is a module (`overview`, `exchange`, `utterance`,
`article`, `people`, `search`): a frozen dataclass that is filled from the record, and a template of
the same name. `shown`, `links`, `chart` and `render` are what pages share; `lending` hands out open
records, `tags` tells whether an answer is known already, and `problems` says no to programs, for
which there is a room of its own: `api`. It needs the extra `web`.

The one idea: a page is plain data before it is a page. The template and the twin (the same address
with `.json`) get the same data, and no rule about who said what stands here.
"""
