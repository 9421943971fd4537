"""Words that stand for states and organisations, and words that only look like it."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder import states
from rejoinder.states import Sign, SignKind, code, signs

JSON = json.loads(Path(states.__file__).with_name("states.json").read_text(encoding="utf-8"))
SIDES = JSON["sides"]
STATES = [side for side in SIDES if side["code"]]
ORGANISATIONS = [side for side in SIDES if not side["code"]]
#: Every form of the table, those that stand for nothing too.
FORMS = sorted({f for side in SIDES for forms in side["signs"].values() for f in forms})
#: Texts in which forms, their pieces and what joins them are many.
NEWSY = st.lists(
    st.sampled_from([*FORMS, *JSON["nothing"], "who", "us", "pro", "led", "the", "Mr"])
    | st.sampled_from(["-", " ", "\n", "'s", "’s", ".", ", ", "$", "@", "-based", "\u00a0", "é"]),
    max_size=12,
).map("".join)
TEXTS = NEWSY | st.text()


def named(text: str) -> list[tuple[str, str, str]]:
    """Give the words, side and kind of each sign in a text."""
    return [(text[slice(*s.span)], s.side, s.kind.value) for s in signs(text)]


def sides(text: str) -> list[str]:
    return [sign.side for sign in signs(text)]


@pytest.mark.parametrize(
    ("words", "side", "kind"),
    [
        ("Russia", "Russia", "name"),
        ("Russian Federation", "Russia", "name"),
        ("Russians", "Russia", "demonym"),
        ("Moscow", "Russia", "capital"),
        ("Kremlin", "Russia", "metonym"),
        ("FSB", "Russia", "body"),
        ("RIA Novosti", "Russia", "media"),
        ("RUSSIA", "Russia", "name"),
        ("SOUTH KOREA", "South Korea", "name"),
        ("South Korean", "South Korea", "demonym"),
        ("Democratic People's Republic of Korea", "North Korea", "name"),
        ("Republic of Korea", "South Korea", "name"),
        ("People’s Republic of China", "China", "name"),
        ("Republic of China", "Taiwan", "name"),
        ("Taiwan Affairs Office", "China", "body"),
        ("Hong Kong and Macau Affairs Office", "China", "body"),
        ("Hong Kong", "Hong Kong", "name"),
        ("U.S.", "United States", "name"),
        ("US", "United States", "name"),
        ("Washington, D.C.", "United States", "capital"),
        ("White\u00a0House", "United States", "metonym"),
        ("Pentagon", "United States", "metonym"),
        ("State Department", "United States", "body"),
        ("10 Downing Street", "United Kingdom", "metonym"),
        ("No. 10", "United Kingdom", "metonym"),
        ("Quai d’Orsay", "France", "metonym"),
        ("Elysee Palace", "France", "metonym"),
        ("Côte d’Ivoire", "Ivory Coast", "name"),
        ("Turkiye", "Turkey", "name"),
        ("Tbilisi", "Georgia", "capital"),
        ("Georgian", "Georgia", "demonym"),
        ("Guinea-Bissau", "Guinea-Bissau", "name"),
        ("Papua New Guinean", "Papua New Guinea", "demonym"),
        ("Saint Lucia", "St. Lucia", "name"),
        ("Trinidad & Tobago", "Trinidad and Tobago", "name"),
        ("Revolutionary Guards", "Iran", "body"),
        ("NATO", "NATO", "name"),
        ("Nato", "NATO", "name"),
        ("North Atlantic Treaty Organisation", "NATO", "name"),
        ("European Commission", "European Union", "body"),
        ("European commission", "European Union", "body"),
        ("European court of justice", "European Union", "body"),
        ("U.N. Security Council", "United Nations", "body"),
        ("UNHCR", "United Nations", "body"),
        ("Russia's Security Council", "Russia", "body"),
        ("International Atomic Energy Agency", "IAEA", "name"),
        ("WHO", "WHO", "name"),
        ("Organisation for Security and Co-operation in Europe", "OSCE", "name"),
        ("CTBTO", "Comprehensive Nuclear-Test-Ban Treaty Organization", "name"),
    ],
)
def test_a_form_stands_for_its_side(words: str, side: str, kind: str) -> None:
    assert named(f"Yesterday the {words} said so.") == [(words, side, kind)]


@pytest.mark.parametrize(
    "text",
    [
        "They told us who did it.",
        "Who told Us?",
        "RUSSIANOPHILE",
        "New Mexico and New England",
        "American Airlines, the Bank of America and China Daily",
        "The Washington Post, The New York Times and the Moscow Times",
        "George Washington; Washington state; the London School of Economics",
        "NEW MEXICO",
        "Georgia",
        "in Brussels and Vienna",
        "the Korean peninsula",
        "Congolese and Dominican officials",
        "Bosnian Serbs and Greek Cypriots",
        "the Free Syrian Army",
        "Latin American leaders",
        "pro-Russian, anti-American, Anglo-American",
        "a Moscow-based analyst",
        "the Iranian-born scholar",
        "US$5 billion",
        "@WHO and un.org, UN.org",
        "the Department of Justice",
        "the National Security Council",
        "JUST BETWEEN US, THAT IS",
        "A MAN WHO KNEW",
    ],
)
def test_other_words_stand_for_nobody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("US-led and Russia-backed forces", ["United States", "Russia"]),
        ("US-Russia and Russia–China talks", ["United States", "Russia", "Russia", "China"]),
        ("U.S.-South Korean drills", ["United States", "South Korea"]),
        ("Russia's, Russia’s and the UAE's", ["Russia", "Russia", "United Arab Emirates"]),
        ("North Korea's state media KCNA", ["North Korea", "North Korea"]),
        ("‘US says no’", ["United States"]),
        ("RUSSIA TELLS US WHO IS TO BLAME", ["Russia"]),
        ("US, CHINA", ["United States", "China"]),
        ("The US\nTHE WHOLE LINE IS IN CAPITALS", ["United States"]),
        ("U.S. Department of Justice", ["United States"]),
        ("the Islamic Republic of Iran and Iran", ["Iran", "Iran"]),
        ("South\nKorea", []),
    ],
)
def test_signs_come_in_order(text: str, expected: list[str]) -> None:
    assert sides(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("North Korea said so. The North lied.", ["North Korea", "North Korea"]),
        ("The North’s news agency, Pyongyang says", ["North Korea", "North Korea"]),
        ("Seoul and Pyongyang met. The South left.", ["South Korea", "North Korea", "South Korea"]),
        ("The two Koreas met: the North and the South.", ["North Korea", "South Korea"]),
        ("Pyongyang on the North Atlantic, the North-West and the North of it", ["North Korea"]),
        ("North Korea, says the website 38 North", ["North Korea"]),
        # That of the United States, maybe.
        ("North Korea was on the ballot in the South.", ["North Korea"]),
        ("The North and the South of the country met.", []),
    ],
)
def test_a_korea_is_called_by_its_half_where_it_is_named(text: str, expected: list[str]) -> None:
    assert sides(text) == expected


def test_a_sign_says_what_it_is() -> None:
    text = "The EU’s envoy"
    assert signs(text) == (
        Sign(span=(4, 6), side="European Union", kind=SignKind.NAME, organisation=True),
    )


def test_a_part_of_a_text_is_read_by_its_own_offsets() -> None:
    text = "Russia told South Korea"
    assert [s.span for s in signs(text, 7)] == [(12, 23)]
    assert [s.span for s in signs(text, 0, 8)] == [(0, 6)]
    assert signs(text, 1, 6) == ()
    assert signs(text, 12, 20) == ()


def test_codes_are_of_states_only() -> None:
    assert (code("Russia"), code("Kosovo")) == ("RU", "XK")
    assert code("NATO") is code("Atlantis") is None


def test_all_members_of_the_united_nations_and_six_more_are_there() -> None:
    assert len(STATES) == 193 + 6
    assert len(ORGANISATIONS) > 50


def test_every_state_has_a_name_and_a_demonym() -> None:
    assert [side["code"] for side in STATES if "name" not in side["signs"]] == []
    # Congolese and Dominicans may be of either of two.
    without = [side["code"] for side in STATES if "demonym" not in side["signs"]]
    assert without == ["CD", "CG", "DM", "DO"]


def test_every_form_is_found_whole_and_in_capitals() -> None:
    for words in {*FORMS, *(form.upper() for form in FORMS)}:
        assert [s.span for s in signs(f"And {words} said")] == [(4, 4 + len(words))], words


@given(TEXTS)
def test_spans_are_in_order_disjoint_and_begin_with_no_small_letter(text: str) -> None:
    found = signs(text)
    assert all(0 <= s.span[0] < s.span[1] <= len(text) for s in found)
    assert all(a.span[1] <= b.span[0] for a, b in pairwise(found))
    assert not any(text[s.span[0]].islower() for s in found)
    assert all((code(s.side) is None) == s.organisation for s in found)


@given(TEXTS, st.integers(-5, 60), st.integers(-5, 60) | st.none())
def test_no_sign_reaches_beyond_the_part_that_is_read(
    text: str, start: int, end: int | None
) -> None:
    first, last, _ = slice(start, end).indices(len(text))
    assert all(first <= s.span[0] and s.span[1] <= last for s in signs(text, start, end))


def test_a_long_article_takes_next_to_no_time() -> None:
    text = "Officials from the United States met Russian envoys; who met us is unknown. " * 130
    signs(text)
    begun = time.process_time()
    signs(text)
    assert time.process_time() - begun < 0.05


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Portugl", "Portugal"), ("Icelnd", "Iceland"), ("Britian", "United Kingdom")],
)
def test_a_mistyped_side_is_like_the_one_that_is_meant(typed: str, meant: str) -> None:
    assert states.nearest(typed, states.names())[0] == meant
    assert not states.is_side(typed) and states.is_side(meant)


def test_who_writes_a_part_of_a_name_means_what_has_it() -> None:
    among = ["Norway", "South Korea", "North Macedonia", "North Korea"]
    assert states.nearest("North", among)[:2] == ("North Korea", "North Macedonia")
    assert states.nearest("", among) == ()


def test_what_is_like_none_is_like_none() -> None:
    assert states.nearest("xqzzy", states.names()) == ()
    assert states.nearest("Norwey", ["Iceland"]) == ()
    assert states.nearest("Free Fisher", ["Free Fishers"])[0] == "Free Fishers"
