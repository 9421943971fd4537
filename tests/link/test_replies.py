"""What answers what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from math import isfinite, log
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import link
from rejoinder.errors import WeightsError
from rejoinder.link import aimed, replies, reply_type, shipped
from rejoinder.link.context import SIGNAL, Context, candidates
from rejoinder.link.features import ALONE, PAIR, alone, pair
from rejoinder.link.plain import reacts_to
from rejoinder.model import Act, Actor, Article, Reply, ReplyType, Statement
from rejoinder.text import logistic
from tests.link.conftest import ANN, BO, BY_HAND, CY, exchange

ACCUSED = (ANN, Act.ACCUSE, "Vale [accused] Lind <of cutting the cable>.")
DENIED = (BO, Act.DENY, "Lind [denied] <the accusation>.")


def tied(found: tuple[Reply, ...]) -> list[tuple[str, str | None]]:
    return [(reply.reply, reply.to) for reply in found]


def test_a_denial_is_tied_to_the_accusation() -> None:
    (reply,) = replies(*exchange(ACCUSED, DENIED), BY_HAND)
    assert (reply.reply, reply.to, reply.type) == ("s2", "s1", ReplyType.DENIES)
    assert 0.5 < reply.confidence <= 1


def test_a_denial_may_stand_before_what_it_denies() -> None:
    assert tied(replies(*exchange(DENIED, ACCUSED), BY_HAND)) == [("s1", "s2")]


def test_nothing_answers_its_own_answer() -> None:
    counter = (BO, Act.ACCUSE, "Lind [accused] Vale <of cutting the cable>.")
    towards = replace(BY_HAND, pair=(0.0,) * len(PAIR) + (5.0,), alone=(0.0,) * len(ALONE) + (5.0,))
    assert tied(replies(*exchange(ACCUSED, counter), towards)) == [("s2", "s1")]


def test_nobody_answers_himself() -> None:
    article, statements = exchange(ACCUSED, (ANN, Act.DENY, "Vale [denied] <having lied>."))
    (reply,) = replies(article, statements, BY_HAND)
    assert (reply.reply, reply.to) == ("s2", None)


def test_what_is_reported_within_it_is_not_what_it_answers() -> None:
    article, (outer, inner) = exchange(DENIED, ACCUSED)
    inner = Statement(**{f: getattr(inner, f) for f in inner.__slots__} | {"inside": "s1"})
    context = Context(article.text, [outer, inner])
    assert list(candidates(context, 0)) == []


def asking(number: int, chances: Mapping[int, float]) -> Context:
    """Make three statements of three speakers, of which one prefers others with some chances."""
    article, made = exchange(
        (ANN, Act.ASSERT, "Vale [said] <it rained>."),
        (BO, Act.ASSERT, "Lind [said] <it did not>."),
        (CY, Act.ASSERT, "Dahl [said] <it snowed>."),
    )
    told = list(made)
    replying = tuple((made[k].cue, chance) for k, chance in chances.items())
    told[number] = replace(made[number], replying=replying)
    return Context(article.text, told)


def test_what_the_encoder_prefers_is_told_against_the_mean() -> None:
    context = asking(2, {0: 0.9, 1: 0.1})
    assert context.asked_for(2, 0) == pytest.approx(log(9) / 2)
    assert context.asked_for(2, 1) == pytest.approx(-log(9) / 2)
    assert context.asked_for(1, 0) == 0, "it says nothing of what that one answers"


def test_what_is_told_of_nothing_is_as_good_as_impossible() -> None:
    context = asking(2, {0: 0.9})
    assert context.asked_for(2, 0) - context.asked_for(2, 1) == pytest.approx(log(0.9 / 1e-4))


def test_what_is_far_away_is_not_asked_for() -> None:
    near = asking(2, {0: 0.9, 1: 0.1})
    gap = " " * 2000
    moved = [
        replace(s, cue=tuple((a + 2000, b + 2000) for a, b in s.cue)) if i else s
        for i, s in enumerate(near.statements)
    ]
    assert Context(gap + near.text, moved).asked_for(2, 0) == 0


def test_whom_a_statement_may_be_aimed_at_speaks_for_answering_them() -> None:
    article, made = exchange(ACCUSED, (BO, Act.ASSERT, "Lind [said] <it rained>."))
    aims = ((ANN, 0.25), (Actor(id="norway", name="Norway", side="Norway"), 0.5), (CY, 0.1))
    context = Context(article.text, [made[0], replace(made[1], aims=aims)])
    features = dict(zip(PAIR, pair(context, 1, 0), strict=True))
    assert features["aimed at it"] == pytest.approx(0.75), "Vale, and Norway that she speaks for"


def test_what_answers_nothing_is_tied_to_nothing() -> None:
    article, statements = exchange(ACCUSED, (BO, Act.ASSERT, "Lind [said] <it rained>."))
    assert replies(article, statements, BY_HAND) == ()


def test_of_two_as_likely_it_stays_open() -> None:
    again = (CY, Act.ACCUSE, "Dahl [accused] Lind <of cutting the cable>.")
    found = replies(*exchange(ACCUSED, again, DENIED), BY_HAND)
    assert [reply.to for reply in found if reply.reply == "s3"] in ([], [None])


def test_of_two_the_likelier_is_answered() -> None:
    article, statements = exchange(
        ACCUSED, (CY, Act.ASSERT, "Dahl [said] <the cable was cut>."), DENIED
    )
    assert tied(replies(article, statements, BY_HAND)) == [("s3", "s1")]


def test_what_no_statement_says_is_answered_by_its_words() -> None:
    article, statements = exchange(
        (BO, Act.REJECT, "In response to the expulsions, Lind [rejected] <any talks>."),
    )
    (reply,) = replies(article, statements, BY_HAND)
    assert reply.to is None
    assert [article.text[a:b] for a, b in reply.answers] == ["the expulsions"]
    assert [article.text[a:b] for a, b in reply.signal] == ["In response to"]


@pytest.mark.parametrize("outlet", ["The Ledger", "Continental Ledger", "Ledger"])
def test_an_outlet_that_is_written_to_is_not_answered(outlet: str) -> None:
    article, statements = exchange(
        (BO, Act.REJECT, "In a reply to the Ledger, Lind [rejected] <any talks>."),
    )
    answers = replies(article, statements, BY_HAND)[0].answers
    assert [article.text[a:b] for a, b in answers] == ["the Ledger"]
    own = replace(article, outlet=outlet)
    assert [reply.answers for reply in replies(own, statements, BY_HAND)] == [()]


def test_a_post_is_answered_whatever_the_outlet_is_called() -> None:
    article, statements = exchange(
        (BO, Act.REJECT, "In a reply to the post, Lind [rejected] <any talks>."),
    )
    own = replace(article, outlet="The Harbour Post")
    answers = replies(own, statements, BY_HAND)[0].answers
    assert [article.text[a:b] for a, b in answers] == ["the post"]


def test_no_statement_no_reply() -> None:
    assert replies(Article(id="a", text=""), (), BY_HAND) == ()


TYPES = [
    (Act.DENY, Act.ACCUSE, ReplyType.DENIES),
    (Act.REJECT, Act.REQUEST, ReplyType.REJECTS),
    (Act.ACCUSE, Act.ACCUSE, ReplyType.COUNTERS),
    (Act.WARN, Act.ACCUSE, ReplyType.COUNTERS),
    (Act.CONCEDE, Act.ACCUSE, ReplyType.CONCEDES),
    (Act.SUPPORT, Act.PLEDGE, ReplyType.SUPPORTS),
    (Act.ACCUSE, Act.ASSERT, ReplyType.ANSWERS),
    (Act.ASSERT, Act.ASSERT, ReplyType.ANSWERS),
    (Act.DENY, None, ReplyType.DENIES),
    (Act.ACCUSE, None, ReplyType.ANSWERS),
]


@pytest.mark.parametrize(("act", "to", "expected"), TYPES)
def test_what_a_reply_does(act: Act, to: Act | None, expected: ReplyType) -> None:
    _, (me, it) = exchange((BO, act, "[a] <b>"), (ANN, to or Act.ASSERT, "[a] <b>"))
    assert reply_type(me, it if to else None) is expected


def test_a_denial_is_aimed_at_whom_it_answers() -> None:
    _, statements = exchange(ACCUSED, DENIED)
    first, second = aimed(statements, [Reply(reply="s2", to="s1")])
    assert (first.target, second.target) == (None, ANN)


def test_a_target_that_is_told_stays() -> None:
    _, (first, second) = exchange(ACCUSED, DENIED)
    told = Statement(**{f: getattr(second, f) for f in second.__slots__} | {"target": CY})
    assert aimed((first, told), [Reply(reply="s2", to="s1")])[1].target == CY


def test_a_plain_statement_is_aimed_at_nobody() -> None:
    _, statements = exchange(ACCUSED, (BO, Act.ASSERT, "Lind [said] <it rained>."))
    assert aimed(statements, [Reply(reply="s2", to="s1")]) == statements


def test_what_answers_no_statement_is_aimed_at_nobody() -> None:
    _, statements = exchange(ACCUSED, DENIED)
    assert aimed(statements, [Reply(reply="s2", to=None)]) == statements


SIGNALS = [
    ("In response to the note, Lind left.", True),
    ("Lind hit back.", True),
    ("Asked about the cable, Lind left.", True),
    ("Lind rejected that claim.", True),
    ("Lind said the claims were made.", True),
    ("Lind left for Oslo.", False),
    ("A garden was planted.", False),
]


@pytest.mark.parametrize(("sentence", "signals"), SIGNALS)
def test_wordings_of_an_answer(sentence: str, signals: bool) -> None:
    assert bool(SIGNAL.search(sentence)) is signals


def test_a_wording_within_the_quotation_is_no_signal() -> None:
    article, statements = exchange((BO, Act.ASSERT, "Lind [said] <he had denied that claim>."))
    assert Context(article.text, statements).signals == [()]


ACTORS = st.sampled_from([ANN, BO, CY, None])
SENTENCES = st.sampled_from(
    ["Vale [said] <the cable was cut>.", "[x] <y>", "He [denied] <it>.", "[A] <“b”>, meanwhile"]
)


@given(st.lists(st.tuples(ACTORS, st.sampled_from(Act), SENTENCES), min_size=1, max_size=6))
def test_features_are_finite_and_as_many_as_are_named(
    said: list[tuple[Actor | None, Act, str]],
) -> None:
    article, statements = exchange(*said)
    context = Context(article.text, statements)
    for i in range(len(statements)):
        described = alone(context, i)
        assert len(described) == len(ALONE)
        assert all(isfinite(feature) for feature in described)
        for j in candidates(context, i):
            assert len(pair(context, i, j)) == len(PAIR)
            assert all(isfinite(feature) for feature in pair(context, i, j))


@given(st.lists(st.tuples(ACTORS, st.sampled_from(Act), SENTENCES), max_size=6))
def test_replies_are_between_speakers_of_the_article(
    said: list[tuple[Actor | None, Act, str]],
) -> None:
    article, statements = exchange(*said)
    known = {statement.id: statement for statement in statements}
    found = replies(article, statements, BY_HAND)
    assert len({reply.reply for reply in found}) == len(found)
    for reply in found:
        assert reply.to is None or not reply.answers
        assert 0 <= reply.confidence <= 1
        if reply.to:
            assert (reply.to, reply.reply) not in tied(found)
            me, it = known[reply.reply].speaker, known[reply.to].speaker
            assert me is None or it is None or me.id != it.id


@given(st.lists(st.floats(-1e6, 1e6), max_size=5))
def test_a_probability_is_one_however_large_the_features(features: list[float]) -> None:
    assert 0 < logistic((*(1.0 for _ in features), 0.0), features) < 1


def _clause(between: str) -> tuple[Article, tuple[Statement, ...]]:
    """Make an accusation, and what its speaker is said to answer, whatever stands `between`."""
    article, (first, second) = exchange(
        ACCUSED, (BO, Act.DENY, f"{between} Bo Lind, who [said] <that he had cut no cable>.")
    )
    who = article.text.index("who")
    return article, (first, replace(second, source=((who, who + 3),)))


def test_what_the_report_says_is_answered_is_answered() -> None:
    article, statements = _clause("She was reacting to comments by")
    (reply,) = replies(article, statements, BY_HAND)
    assert (reply.reply, reply.to) == ("s1", "s2")


def test_who_is_answered_may_be_named_and_related_to() -> None:
    article, (first, second) = _clause("She was reacting to comments by")
    name = article.text.index("Bo Lind")
    second = replace(second, source=((name, name + 7), *second.source))
    assert tied(replies(article, (first, second), BY_HAND)) == [("s1", "s2")]


@pytest.mark.parametrize("between", ["She had met", "Speaking after"])
def test_a_clause_without_such_words_answers_by_itself(between: str) -> None:
    assert tied(replies(*_clause(between), BY_HAND)) == [("s2", "s1")]


def test_a_quotation_may_go_on_before_it_is_said_what_it_answers() -> None:
    article, (first, second) = _clause("“A lie.” She was reacting to comments by")
    start = article.text.index("“A lie.”")
    first = replace(first, content=(*first.content, (start, start + 8)))
    assert tied(replies(article, (first, second), BY_HAND)) == [("s1", "s2")]


def test_who_answers_is_who_spoke_in_the_sentence_before() -> None:
    article, statements = _clause("It rained in Oslo. She was reacting to comments by")
    assert tied(replies(article, statements, BY_HAND)) == [("s2", "s1")]


@pytest.mark.parametrize(
    ("content", "thing"),
    [
        ("the claims as a farce", "the claims"),
        ("as a farce", None),
        ("the “so-called inspection” as a farce", "the “so-called inspection”"),
        ("the “so-called", None),
        ("the report, which he had read", "the report"),
    ],
)
def test_what_is_dismissed_is_named_whole(content: str, thing: str | None) -> None:
    article, statements = exchange((BO, Act.REJECT, f"Lind [dismissed] <{content}>."))
    named = reacts_to(Context(article.text, statements), 0)
    assert [article.text[slice(*span)] for span in named] == ([thing] if thing else [])


@pytest.mark.parametrize("content", ["", "{}", '{"alone": [1.0], "pair": [1.0]}', None])
def test_weights_that_cannot_be_read_or_are_for_other_features_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: str | None
) -> None:
    if content is not None:
        (tmp_path / "weights.json").write_text(content, encoding="utf8")
    monkeypatch.setattr(link, "__file__", str(tmp_path / "__init__.py"))
    with pytest.raises(WeightsError, match=r"weights\.json"):
        shipped.__wrapped__()
