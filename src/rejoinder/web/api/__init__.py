"""The record for programs: the same words and forms as the command's, by HTTP, below `/api/v1`.

`service` puts it together; `reports`, `exchanges`, `people` and `whole` say which address gives
what. `parameters` is what can be asked, `wire` what is answered, both as models from which
`document` makes the OpenAPI document; `guide` is that document as a page. `asking` looks a thing up
and makes the answer, with `cursors` for what comes after it. It only reads.

The one idea: the document is made of the code that checks and answers, and the tests hold every
answer against it, so it cannot lie.
"""
