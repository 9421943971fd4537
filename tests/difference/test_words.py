"""What counts as the same word, and as the same number."""

from __future__ import annotations

import pytest

from rejoinder.difference.numbers import near
from rejoinder.difference.vocabulary import negated, negative, stem
from rejoinder.difference.words import Family, Version, Word, words


def _words(text: str) -> list[Word]:
    return list(words(Version(text=text, spans=((0, len(text)),))))


SAME = [
    ("don’t", "do not"),
    ("can't", "cannot"),
    ("we'll", "we will"),
    ("it’s", "it is"),
    ("U.S.", "United States"),
    ("twenty-five", "25"),
    ("two hundred and five thousand", "205,000"),
    ("a hundred", "100"),
    ("1.5 million", "1,500,000"),
    ("5m", "five million"),
    ("5 per cent", "5%"),
    ("five percent", "5 pct"),
    ("$5 million", "5,000,000 dollars"),
    ("a dozen", "12"),
    ("three-and-a-half", "3.5"),
    ("two and a half million", "2,500,000"),
    ("F.B.I.", "FBI"),
    ("15-25", "15 25"),
    ("Zoltán", "Zoltan"),
    ("3rd", "third"),
    ("March 3, 2026", "3 March 2026"),
    ("Sept. 9", "9th of September"),
    ("5 p.m.", "17:00"),
    ("12 a.m.", "0:00"),
    ("centre", "center"),
    ("travelled", "traveled"),
    ("cease-fire", "cease fire"),
    ("no  longer", "no longer"),
]
OTHER = [
    ("5", "5%"),
    ("5 dollars", "5 euros"),
    ("third", "3"),
    ("5 million", "5 billion"),
    ("3 March", "3 May"),
    ("four", "for"),
    ("Russia", "Moscow"),
    ("1.5", "15"),
    ("F-16", "16"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_the_same_words(a: str, b: str) -> None:
    assert [word.key for word in _words(a)] == [word.key for word in _words(b)]


@pytest.mark.parametrize(("a", "b"), OTHER)
def test_other_words(a: str, b: str) -> None:
    assert [word.key for word in _words(a)] != [word.key for word in _words(b)]


FAMILIES = [
    ("the “Ships” sank, said Varpio", "Varpio", Family.NAME),
    ("Ships sank.", "Ships", Family.CONTENT),
    ("Varpio left, and so Varpio won.", "Varpio", Family.NAME),
    ("about five ships", "about", Family.HEDGE),
    ("talk about ships", "about", Family.FUNCTION),
    ("no ships", "no", Family.NEGATION),
    ("No, ships", "No", Family.FUNCTION),
    ("on Monday", "Monday", Family.NUMBER),
    ("they may", "may", Family.MODAL),
    ("not only ships", "not only", Family.FUNCTION),
]


@pytest.mark.parametrize(("text", "word", "family"), FAMILIES)
def test_families(text: str, word: str, family: Family) -> None:
    found = {text[slice(*w.span)]: w.family for w in _words(text)}
    assert found[word] is family


def test_a_number_that_never_ends_is_only_a_word() -> None:
    assert len(_words("9" * 5000)) == 1
    assert _words("million " * 3000)


@pytest.mark.parametrize(
    ("a", "b", "is_near"),
    [
        ("#996", "#1000", True),
        ("#5", "#6", False),
        ("#100 %", "#101", False),
        ("date 3-3 2026", "date 3-3", True),
        ("date 3-3", "date 3-4", False),
        ("clock 17:00", "clock 17:05", False),
        ("#0", "#0", False),
    ],
)
def test_roundings(a: str, b: str, is_near: bool) -> None:
    assert near(a, b) is near(b, a) is is_near


@pytest.mark.parametrize(
    ("word", "rest"),
    [
        ("unfair", "fair"),
        ("unacceptable", "acceptable"),
        ("illegal", "legal"),
        ("invaluable", None),
        ("united", None),
        ("discussed", None),
    ],
)
def test_negative_prefixes(word: str, rest: str | None) -> None:
    assert negated(word) == rest


def test_forms_of_a_word() -> None:
    for forms in ("attack attacks attacked attacking", "say said", "is was been", "stop stopped"):
        assert len({stem(word) for word in forms.split()}) == 1
    assert stem("police") != stem("policy")


@pytest.mark.parametrize(
    ("word", "told"),
    [
        *(("unthinkable", True), ("inaccessible", True), ("irreversible", True), ("unfair", True)),
        *(("indelible", False), ("irritable", False), ("inevitable", False), ("thinkable", False)),
    ],
)
def test_what_negates_by_its_prefix_alone(word: str, told: bool) -> None:
    assert negative(word) is told
