"""Which word a phrase turns on, and what is a pronoun."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.phrases import PRONOUNS, bare, head

#: Phrases in which the *head* is marked.
HEADS = """\
senior *officials* in Kyiv
the *spokesman*, who asked not to be named
two *people* familiar with the talks
a *spokesman* for the Indonesian military
the NATO *chief*
the foreign *minister* of Finland
*officials*
the ministry’s *spokeswoman*
the *ministry*’s
the ministers' *deputies*
the *Trust* (NFWT)
the *envoy* – a former minister
the Moscow-based *diplomat*
a *spokesman* who asked not to be named""".splitlines()
#: The same with names, in underscores.
NAMES = """\
NATO chief *_Orla Brandt_*, who left
Secretary of State *_Darius Penhallow_*
Minister for Trade *_Leena Varpio_*
*_Leena Varpio_*
*_Leena Varpio_*’s
the *_Organization for Peace in Europe_* (OPE)
_Leena Varpio_’s *lawyer*
the _Varpio_ *administration*
a _Pentagon_ *report*
*officials* of _Finland_
the *people* with _Leena Varpio_""".splitlines()


@pytest.mark.parametrize("marked", [*HEADS, *NAMES])
def test_what_a_phrase_turns_on(marked: str) -> None:
    text = re.sub(r"[*_]", "", marked)
    plain = marked.replace("*", "")
    names = [
        (m.start() - 2 * i, m.end() - 2 * i - 2) for i, m in enumerate(re.finditer("_.+?_", plain))
    ]
    expected = re.sub("_", "", marked).split("*")[1]
    assert text[slice(*head(text, (0, len(text)), names))] == expected


BARE = [
    ("officials in Kyiv", "officials"),
    ("the spokesman, who left", "the spokesman"),
    ("Varpio’s", "Varpio"),
    ("the allies'", "the allies"),
    ("the Trust (NFWT)", "the Trust"),
    ("the foreign minister", "the foreign minister"),
    ("a", "a"),
]


@pytest.mark.parametrize(("words", "left"), BARE)
def test_a_phrase_without_what_hangs_on_behind(words: str, left: str) -> None:
    assert words[slice(*bare(words, (0, len(words))))] == left


@given(st.text("aA ,’s(\nwhofin", min_size=1), st.data())
def test_a_head_is_in_its_phrase_and_not_empty(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    first, last = head(text, (start, end))
    assert start <= first < last <= end


@pytest.mark.parametrize(
    ("text", "pronouns"),
    [
        ("She told him that they, who knew, had it.", ["She", "him", "they", "who", "it"]),
        ("HE SAID", ["HE"]),
        ("There the sheep itched; whoever.", []),
        ("I and we and you", []),
    ],
)
def test_pronouns_are_third_persons_and_who(text: str, pronouns: list[str]) -> None:
    assert PRONOUNS.findall(text) == pronouns
