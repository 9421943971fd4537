"""The view for notebooks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from rejoinder.export.html import view
from rejoinder.model import Actor, Failure, Reading

Told = Callable[..., Reading]


TAGS = {"div", "h4", "p", "ul", "li", "b", "i", "br", "small", "table", "tr", "td"}


class Nesting(HTMLParser):
    """Keeps the open tags and all text; a tag that closes another than the last is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def parsed(html: str) -> Nesting:
    parser = Nesting()
    parser.feed(html)
    assert parser.open == []
    return parser


def test_everything_is_escaped(told: Told) -> None:
    text = "Ann said <script>alert('x')</script> & more"
    reading = told(text, ("Ann", "said", text[9:]), title="<b>", source='a"b.html')
    parser = parsed(view([reading], [Failure(source="<i>", step="open", reason="<u>")]))
    assert parser.tags <= TAGS
    assert text[9:] in parser.text
    assert "1 input could not be read:" in parser.text


def test_lists_are_closed_at_every_depth(told: Told) -> None:
    made = told("A said b", *[("A", "said", "b")] * 5)
    for insides in ([None, "s1", "s2", None, "s4"], [None, "s1", "s1", "s3", "s4"], [None] * 5):
        statements = tuple(
            replace(statement, inside=inside)
            for statement, inside in zip(made.statements, insides, strict=True)
        )
        html = view([replace(made, statements=statements)])
        parsed(html)
        assert html.count("<li title") == 5


def test_the_exchange_is_shown_as_on_the_terminal(argued: Reading) -> None:
    html = view([argued])
    text = parsed(html).text
    denial = "s2 ↩ denies s1 · Maria Zakharova, the spokeswoman [Russia] · denies, aimed at NATO"
    assert f"{denial} (“denied”)" in text
    assert text.index("Mark Rutte (“The NATO chief”) [NATO]") < text.index("s3 they (unresolved)")
    thing = "<td>“the drills” (the report’s words)</td>"
    assert f"<tr>{thing}<td>Russia calls it</td><td>“a farce” (s2)</td></tr>" in html
    assert "<li>1 statement whose speaker is not known: s3</li>" in html


def test_names_from_anywhere_are_escaped(argued: Reading) -> None:
    actor = Actor(id="x", name="<script>", role="<i>", side="<u>")
    first = replace(argued.statements[0], speaker=actor, target=actor)
    reading = replace(argued, statements=(first,), replies=(), remarks=("<hr>",))
    assert parsed(view([reading])).tags <= TAGS


def test_a_reading_without_statements_and_no_reading_at_all(told: Told) -> None:
    assert "0 statements" in parsed(view([told("x")])).text
    assert parsed(view([])).text.strip() == ""


def test_place_and_offsets_are_in_the_tooltip(told: Told) -> None:
    assert 'title="¶1, content at 7-8"' in view([told("A said b", ("A", "said", "b"))])
