"""Carriers that plain words name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from rejoinder.model import Article, Extraction
from rejoinder.resolve import statements
from rejoinder.text import words

Reported = Callable[..., tuple[Article, Extraction]]


def carrier(reported: Reported, line: str) -> list[str]:
    """Return by whom each statement of a marked line is carried, in reading order."""
    article, extraction = reported(f"| {line}")
    return [words(article.text, s.via) for s in statements(article, extraction)[0]]


@pytest.mark.parametrize(
    ("line", "medium"),
    [
        ("[*Orla Brandt*] {told} the Associated Press <that it rained>.", "Associated Press"),
        ("[Two officials] {confirmed to} Fox News <that *Brandt* had left>.", "Fox News"),
        ("[*Brandt*] {said in an interview with} ABC <that it rained>.", "ABC"),
        ("<“It rained,”> [*Brandt*] {wrote on Twitter} on Monday.", "Twitter"),
        ("<“It rained,”> [she] {said} on NBC’s “Meet the Coast”.", "NBC’s “Meet the Coast”"),
        ("<“It rained,”> [*Brandt*] {wrote in} a Harbour Post op-ed.", "Harbour Post"),
        ("[*Brandt*] {told} the semi-official news agency _Havn_ <that it rained>.", "Havn"),
        ("[*Brandt*] {told} the _Havnebladet_ newspaper <that it rained>.", "Havnebladet"),
        ("[An official who spoke to Reuters] {denied} <that it rained>.", "Reuters"),
        ("<“It rained,”> [*Brandt*] was {cited} as saying by Reuters.", "Reuters"),
        ("[A statement carried by Xinhua] {said} <it rained>.", "Xinhua"),
        ("<The fleet had left>, [officials] {said}, according to the Harbour Times.", "{}Times"),
        ("<The fleet had left>, [officials] {said}, the Coast Herald reported.", "{}Herald"),
        ("According to AFP, [officials] {denied} <that the fleet had left>.", "AFP"),
    ],
)
def test_what_words_say_of_a_medium(line: str, medium: str, reported: Reported) -> None:
    (found,) = carrier(reported, line)
    assert re.fullmatch(re.escape(medium).replace(r"\{\}", r"\w+ "), found)


@pytest.mark.parametrize(
    "line",
    [
        # Who speaks itself.
        "<The fleet had left>, {according to} [the Harbour Times].",
        "[The Coast Herald] {reported} <that the fleet had left>.",
        # No medium.
        "[*Brandt*] {told} the _Nordic Council_ <that it rained>.",
        "[*Brandt*] {told} the Norwegian Network for Peace <that it rained>.",
        # Not this statement's: what is said of it is, or another cue's.
        "[*Brandt*] {said} <officials had told Reuters that it rained>.",
        "[*Brandt*], whose aide later told Reuters of a storm at sea, {denied} <it>.",
        # A medium that is not addressed.
        "[*Brandt*], angry at CNN, {said} <that it rained>.",
    ],
)
def test_a_name_alone_carries_nothing(line: str, reported: Reported) -> None:
    assert carrier(reported, line) == [""]


def test_what_the_extractor_found_stays(reported: Reported) -> None:
    article, extraction = reported("| [*Brandt*] {told} Reuters <that it rained>, she told AFP.")
    (told,) = extraction.attributions
    where = article.text.index("AFP")
    own = replace(told, via=((where, where + 3),))
    (made,), _ = statements(article, replace(extraction, attributions=(own,)))
    assert words(article.text, made.via) == "AFP"
