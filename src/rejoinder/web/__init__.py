"""The record as pages: server-rendered, each with a twin in JSON; and a desk to correct it at.

`app` makes the application; `guard` and `door` stand before it and `asked` before the record, so
nothing that a stranger types reaches either unchecked. `access`, `login`, `sessions`, `passwords`
and `tries` know who comes in; `desk` is the only room in which anything is changed. A page is a
module (`overview`, `exchange`, `utterance`, `article`, `people`, `search`): a frozen dataclass that
is filled from the record, and a template of the same name. `visit`, `shown`, `links`, `chart` and
`render` are what pages share; `lending` hands out open records. It needs the extra `web`.

The one idea: a page is plain data before it is a page. The template and the twin (the same address
with `.json`) get the same data, and no rule about who said what stands here.
"""
