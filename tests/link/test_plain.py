"""Denials that leave no doubt of what they deny."""

from __future__ import annotations

from dataclasses import replace

import pytest

from rejoinder.link import replies
from rejoinder.link.context import Context
from rejoinder.link.plain import SURE, denied_at_once
from rejoinder.model import Act, Actor, Article, ReplyType, Statement
from tests.link.conftest import ANN, BO, BY_HAND, CY, exchange


def test_a_clause_denies_what_it_stands_behind() -> None:
    article, statements = _clause("Vale [accuses] <Lind of hiding it>", ", a claim that Lind")
    assert list(denied_at_once(Context(article.text, statements))) == [(1, 0)]
    (reply,) = (r for r in replies(article, statements, BY_HAND) if r.reply == "s2")
    assert (reply.to, reply.type, reply.confidence) == ("s1", ReplyType.DENIES, SURE)


def test_a_clause_behind_nobodys_words_says_that_it_denies_and_names_nothing() -> None:
    article, (_, denial) = _clause("[The] <ships> are gone", " (a claim that Lind")
    assert list(denied_at_once(Context(article.text, (denial,)))) == [(0, None)]
    (reply,) = replies(article, (denial,), BY_HAND)
    assert (reply.to, reply.answers) == (None, ())


@pytest.mark.parametrize("said", ["it", "the allegation", "those two charges", "this"])
def test_a_short_denial_is_of_the_accusation_right_before(said: str) -> None:
    assert _denied(f"Lind [denied] <{said}>.") == [(1, 0)]


@pytest.mark.parametrize("said", ["that he had hidden it", "the ship", "any knowledge of it"])
def test_a_longer_one_is_weighed(said: str) -> None:
    assert _denied(f"Lind [denied] <{said}>.") == []


def test_what_accuses_nobody_is_weighed() -> None:
    assert _denied("Lind [denied] <it>.", act=Act.ASSERT) == []


def test_another_paragraph_is_weighed() -> None:
    article, statements = exchange(
        (ANN, Act.ACCUSE, "Vale [accuses] <Lind of hiding it>."),
        (BO, Act.DENY, "Lind [denied] <it>."),
    )
    assert list(denied_at_once(Context(article.text, statements))) == []


def test_nobody_denies_himself() -> None:
    assert _denied("Vale [denied] <it>.", speaker=ANN) == []


def test_a_sentence_between_parts_them() -> None:
    assert _denied("It rained. Dahl [denied] <it>.", speaker=CY) == []


def _denied(
    sentence: str, *, act: Act = Act.ACCUSE, speaker: Actor = BO
) -> list[tuple[int, int | None]]:
    """Return what a sentence behind another's statement, in its paragraph, denies at once."""
    article, (first, second) = exchange(
        (ANN, act, "Vale [accuses] <Lind of hiding it>."), (speaker, Act.DENY, sentence)
    )
    text = article.text.replace(".\n", ". ", 1)
    return list(denied_at_once(Context(text, (first, second))))


def _clause(before: str, clause: str) -> tuple[Article, tuple[Statement, ...]]:
    """Make a statement of Vale's and, in its sentence, what Lind denies as "a claim"."""
    article, (first, second) = exchange((ANN, Act.ACCUSE, before), (BO, Act.DENY, "<y> [x]"))
    text = article.text.split("\n", 1)[0] + clause
    claim = text.index("a claim")
    cue = (len(text) + 1, len(text) + 7)
    text += " denies."
    second = replace(second, content=((claim, claim + 7),), cue=(cue,))
    return replace(article, text=text), (first, second)
