"""Utterances in lines: who does what, and who carries it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from rejoinder.export import differences, threads, wording
from rejoinder.merge.told import Carrier, Utterance
from rejoinder.model import Act

TEXT = "Ana Brekka said the banks stay closed."


def carrier(outlet: str, number: int, **changes: object) -> Carrier:
    """Return a report that carries what Brekka said."""
    facts: dict[str, object] = {
        **{"article": outlet.lower(), "title": None, "outlet": outlet, "url": None},
        **{"published": date(2026, 3, number), "statement": "s1", "number": number},
        **{"kind": "indirect", "act": Act.ASSERT, "confidence": 0.9, "act_confidence": 0.9},
        **{"words": TEXT[16:-1], "content": ((16, len(TEXT) - 1),), "text": TEXT},
        "parts": ((0, 10), (11, 15)),
        **{"source": "Ana Brekka", "cue": "said", "occasion": "", "via": "", "current": True},
    }
    return Carrier(**{**facts, **changes})  # type: ignore[arg-type]


def utterance(*carriers: Carrier) -> Utterance:
    """Return what Brekka said, as these reports carry it."""
    return Utterance(
        id=1,
        figure=1,
        speaker="Ana Brekka",
        role=None,
        side="Iceland",
        side_guessed=False,
        act=Act.ASSERT,
        target=None,
        target_figure=None,
        target_side=None,
        said_on=None,
        carriers=carriers,
    )


def test_nobody_is_credited_with_what_another_report_had_from_them() -> None:
    post, wave = carrier("Post", 3), carrier("Wave", 4, via="Reuters")
    told = utterance(post, wave)
    assert told.shown is post
    assert threads.carried(told) == ("3 March 2026", "Post, Wave", "post#s1")
    assert threads.carried(utterance(wave)) == ("4 March 2026", "Wave", "via Reuters", "wave#s1")


def test_who_had_it_first_is_said_in_words() -> None:
    def said(*carriers: Carrier) -> str | None:
        return wording.reported(utterance(*carriers))

    post, wave, mail = carrier("Post", 3), carrier("Wave", 4), carrier("Mail", 3)
    assert said(post) is said(post, carrier("Post", 5, article="other")) is None
    assert said(post, wave) == "First reported by Post on 3 March 2026, then by Wave"
    assert said(post, mail) == "First reported by Post and Mail on 3 March 2026"
    later = [carrier(f"Paper {n}", n) for n in range(5, 9)]
    assert said(post, mail, *later) == (
        "First reported by Post and Mail on 3 March 2026, then by 4 others"
    )
    undated = carrier("Gale", 9, published=None)
    assert said(post, undated) == (
        "First reported by Post on 3 March 2026, on a day that is not known by Gale"
    )
    assert said(undated, carrier("Dune", 9, published=None)) is None
    withdrawn = carrier("Post", 3, current=False)
    assert said(withdrawn, wave, later[0]) == (
        "First reported by Wave on 4 March 2026, then by Paper 5"
    )


def test_reports_that_name_another_speaker_are_told_apart() -> None:
    post, wave = carrier("Post", 3, figure=1), carrier("Wave", 4, figure=2, speaker="Per Lund")
    nobody, old = carrier("Mail", 5), carrier("Dune", 2, figure=2, current=False)
    assert utterance(old, post, wave, nobody).otherwise == (wave,)


def test_withdrawn_words_stand_for_it_only_where_nothing_else_is_left() -> None:
    old = carrier("Post", 3, words="the banks stay closed for good", current=False)
    new = carrier("Post", 4)
    told = utterance(old, new)
    assert told.shown is new and told.first == date(2026, 3, 4)
    assert utterance(old).shown is old


def test_a_withdrawn_version_is_told_from_the_one_that_stands() -> None:
    old = carrier("Post", 3, words="the banks stay open", current=False)
    new = carrier("Post", 3, version=2)
    labels = [version.label for version in differences.versions_of(utterance(old, new))]
    assert labels == ["Post, 3 March 2026 (version 1, withdrawn)", "Post, 3 March 2026"]
    assert [wording.cited(c) for c in (old, new)] == ["post#s1 (version 1)", "post#s1"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xy")), min_size=1))
def test_versions_of_a_report_with_equal_words_are_one(written: list[tuple[str, str]]) -> None:
    told = utterance(
        *(
            carrier(outlet, 3, words=words, version=number, current=number == len(written))
            for number, (outlet, words) in enumerate(written, 1)
        )
    )
    kept = [(c.article, c.words) for c in told.versions]
    assert len(kept) == len(set(kept)) == len({(c.article, c.words) for c in told.carriers})
    assert told.carriers[-1] in told.versions


def test_the_words_shown_are_those_of_a_report_with_the_same_speaker() -> None:
    post = carrier("Post", 3, figure=1)
    wave = carrier("Wave", 4, figure=2, kind="direct", words="“The banks stay closed for good”")
    assert utterance(post, wave).shown is post
    unnamed = carrier("Echo", 5, kind="direct", words="“The banks stay closed”")
    assert utterance(post, wave, unnamed).shown is unnamed


def test_where_it_was_said_is_marked_as_such() -> None:
    told = utterance(carrier("Post", 3, occasion="traveled to Vale City,"))
    assert "occasion: traveled to Vale City" in threads.carried(told)
    later = utterance(carrier("Post", 3), carrier("Wave", 4, occasion="a briefing"))
    assert "occasion: a briefing" in threads.carried(later)


def test_what_is_occasion_and_carrier_is_told_once() -> None:
    both = carrier("Post", 3, occasion="on Facebook", via="on Facebook")
    assert wording.setting(both) == ("occasion: on Facebook",)
    assert wording.setting(carrier("Post", 3, via="CNN", cue="told")) == ("told CNN",)
