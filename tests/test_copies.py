"""Two reports: the same again, an agency's words, a part of the other, or nothing of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.copies import (
    RUN,
    WINDOW,
    Copy,
    CopyKind,
    anchors,
    bare_words,
    carrier,
    copied,
    heads,
    overlap,
    runs,
    worth_comparing,
)
from rejoinder.model import Article

TOLD = (
    "Norland will not reopen the strait before its neighbour withdraws the patrol boats that it "
    "sent there in spring, foreign minister Ann Vale said on Monday.",
    "She spoke after three days of talks in the capital, at which, by her account, the delegation "
    "of Sudermark had put forward nothing that was not in its paper of last year.",
    "“We were handed the same page with another date on it,” Vale told reporters at the harbour.",
    "Sudermark rejected the account within an hour, and its envoy Bo Orr called it a performance "
    "for an audience at home that had been promised a victory and was given a closed port.",
    "Some forty ships, most of them laden with grain, have been waiting off the western entrance "
    "since the beginning of the month, and insurers have doubled what they charge for a passage.",
    "The two states signed an agreement on the use of the strait in 1987, which either of them "
    "may leave at a year's notice, and neither has said that it intends to.",
    "A further round of talks has been announced for the second week of May in a third country, "
    "which diplomats who asked not to be named said was likely to be the island republic of Aster.",
)
OTHER = (
    "The council of Port Aster voted on Tuesday to let the old customs house to a museum of maps, "
    "ending eleven years of argument over what should become of the oldest building on the quay.",
    "Opponents had wanted it to be turned into flats for the families of dock workers, of whom "
    "several hundred are on a list, and who were promised the house by two mayors in succession.",
    "The director of the museum, Zoë Orr, said that the first rooms would open within three years.",
)
DAY = date(2026, 3, 3)


def report(*told: str, **facts: object) -> Article:
    fields: dict[str, object] = {"id": "a", "outlet": "The Post", "published": DAY, **facts}
    return Article(text="\n\n".join(told), **fields)  # type: ignore[arg-type]


def decided(later: Article, earlier: Article) -> Copy | None:
    return copied(carrier(later), carrier(earlier))


WIRE = report(f"VALE CITY (AP) — {TOLD[0]}", *TOLD[1:], outlet="Associated Press")
#: What a desk makes of an agency's report: another beginning, some of it cut, a line of its own.
DESK = ("The strait stays shut: that is what is left of the talks, it turned out.", *TOLD[1:5])
CONTRIBUTED = "The Associated Press contributed to this report."


@pytest.mark.parametrize(
    ("later", "earlier", "kind"),
    [
        # One report under two addresses, with another headline and a word changed.
        (report(*TOLD, title="Shut"), report(*TOLD, title="The strait is shut"), "same"),
        (report(*TOLD[:6], TOLD[6].replace("May", "June")), report(*TOLD), "same"),
        # A commentary that two outlets print, weeks apart; nobody is credited.
        (report(*TOLD, outlet="The Courier", published=date(2026, 5, 1)), report(*TOLD), "same"),
        # An agency's words: it is the outlet, both credit it, or one does.
        (report(*TOLD, outlet="The Courier"), WIRE, "wire"),
        (report(*DESK, CONTRIBUTED), WIRE, "wire"),
        (report(*DESK, CONTRIBUTED, outlet="The Courier"), report(*TOLD, CONTRIBUTED), "wire"),
        (report(*DESK, outlet="The Courier"), report(*TOLD, CONTRIBUTED), "wire"),
        (report(*TOLD, outlet="The Courier"), report(*TOLD, authors=("Reuters",)), "wire"),
        # The agency itself, twice.
        (WIRE, WIRE, "same"),
        # Without a credit, half of the words are not enough.
        (report(*DESK, *OTHER[:1], outlet="The Courier"), report(*TOLD), None),
        # A part of the other.
        (report(*TOLD[:3]), report(*TOLD, *OTHER), "excerpt"),
        (report(*TOLD[2:5], outlet="The Courier"), report(*TOLD), "excerpt"),
        # A box that both have, months apart.
        (report(*TOLD[:3], published=date(2026, 9, 1)), report(*TOLD, *OTHER), None),
        (report(*DESK, published=date(2026, 9, 1)), WIRE, None),
        # An update: most of it is new, nobody else tells it.
        (report(*TOLD, *OTHER), report(*TOLD[:3]), None),
        # Other reports, with a credit or the same notice at the end.
        (report(*OTHER), report(*TOLD), None),
        (report(*OTHER, CONTRIBUTED, outlet="The Courier"), report(*TOLD, CONTRIBUTED), None),
        # A phrase.
        (report(TOLD[2]), report(*TOLD), None),
        (report(""), report(""), None),
    ],
)
def test_what_two_reports_have_to_do_with_each_other(
    later: Article, earlier: Article, kind: str | None
) -> None:
    found = decided(later, earlier)
    assert (found and found.kind.value) == kind


def test_a_decision_says_why() -> None:
    later = report(*DESK, CONTRIBUTED)
    found = decided(later, WIRE)
    assert found
    assert (found.kind, found.agency) == (CopyKind.WIRE, "Associated Press")
    assert [later.text[start:end] for start, end in found.credit] == [CONTRIBUTED[:-1]]
    assert [WIRE.text[start:end] for start, end in found.credit_of] == ["(AP)"]
    # Behind the four paragraphs, both go on with "The".
    shared = len(bare_words(report(*TOLD[1:5], "The"))) - RUN + 1
    assert found.overlap.shared == shared
    assert found.overlap.later == shared / len(carrier(later).runs)
    assert found.overlap.earlier == shared / len(carrier(WIRE).runs)


def test_furniture_case_and_marks_are_no_words() -> None:
    plain = report(*TOLD, OTHER[2])
    loud = replace(plain, text=plain.text.upper().replace("Ë", "E").replace("’", "'"))
    assert carrier(loud).runs == carrier(plain).runs
    box = "Also read: museum of maps to open"
    start = plain.text.index("\n\n") + 2
    boxed = plain.text[:start] + box + "\n\n" + plain.text[start:]
    marked = replace(plain, text=boxed, furniture=((start, start + len(box)),))
    assert carrier(marked).runs == carrier(plain).runs


def test_carriers_are_told_by_day_then_the_agency_then_the_longest() -> None:
    first = report(*TOLD[:2], published=date(2026, 3, 2))
    part, undated = report(*TOLD[:3], outlet="The Courier"), report(*TOLD, published=None)
    whole = report(*TOLD, OTHER[0])
    listed = [undated, part, whole, WIRE, first]
    assert sorted(listed, key=lambda a: carrier(a).place) == [first, WIRE, whole, part, undated]


def test_numbers_of_runs_never_change() -> None:
    # They are kept in records: what is made differently finds nothing there.
    assert runs(["the", "strait", "stays", "shut", "said", "vale"]) == [
        6597468166149341005,
        8807846222299427133,
    ]


WORDS = st.lists(st.sampled_from([*"abcdefghé𝒜"]), max_size=120)


@given(one=WORDS, two=WORDS)
def test_overlap_is_the_same_from_either_side(one: list[str], two: list[str]) -> None:
    here, there = carrier(report(" ".join(one))), carrier(report(" ".join(two)))
    mine, theirs = overlap(here, there), overlap(there, here)
    assert (mine.shared, mine.later, mine.earlier) == (theirs.shared, theirs.earlier, theirs.later)
    assert 0 <= mine.later <= 1
    assert mine.shared <= min(len(here.runs), len(there.runs))


@given(before=WORDS, after=WORDS, other=WORDS, start=st.integers(0, 60))
def test_reports_with_enough_words_in_a_row_share_an_anchor(
    before: list[str], after: list[str], other: list[str], start: int
) -> None:
    row = bare_words(report(*TOLD))[start : start + WINDOW + RUN - 1]
    here, there = runs([*before, *row, *after]), runs([*other, *row])
    assert anchors(here) & anchors(there)
    assert anchors(here) <= set(here)


@given(words=WORDS)
def test_every_report_of_a_run_has_an_anchor(words: list[str]) -> None:
    listed = runs(words)
    assert len(listed) == max(0, len(words) - RUN + 1)
    assert bool(anchors(listed)) == bool(listed)


def test_only_who_shares_a_quarter_of_the_anchors_is_compared() -> None:
    assert worth_comparing(2, 8, 400)
    assert not worth_comparing(1, 8, 400)
    assert not worth_comparing(0, 0, 0)


@given(links=st.dictionaries(st.integers(1, 30), st.integers(0, 29)))
def test_every_chain_ends_at_its_head(links: dict[int, int]) -> None:
    originals = {copy: of for copy, of in links.items() if of < copy}
    found = heads(originals)
    assert set(found) == set(originals)
    for copy, of in originals.items():
        assert found[copy] not in originals
        assert found[copy] == found.get(of, of)
