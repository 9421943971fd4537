"""The desk: people go through what is in doubt, and correct it, one statement at a time.

`queue` reads from an address which statements somebody goes through; `statement` fills the page of
one, `near` with what the record holds near it, `reading` with the words of its report; `forms`
makes decisions of what is sent. `log` shows what everybody decided, `missed` takes a statement that
the program missed.

The one idea: all of it is forms, which work without a script. The script (`desk.js`) presses their
buttons when a key is pressed, and fills in what was selected; it knows nothing of the record.
"""
