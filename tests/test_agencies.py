"""Credits: where a report says that an agency's words are in it, and where it does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.agencies import AGENCIES, Credit, agency_of, credits
from rejoinder.model import Article

BODY = "Norland will not reopen the strait, its foreign minister said on Monday."


@pytest.mark.parametrize(
    ("text", "agency", "words"),
    [
        (f"VALE CITY (AP) — {BODY}", "Associated Press", "(AP)"),
        (f"VALE CITY (Reuters) - {BODY}", "Reuters", "(Reuters)"),
        (f"VALE CITY, March 3 (Xinhua) -- {BODY}", "Xinhua", "(Xinhua)"),
        (f"VALE CITY. March 3 (Interfax) - {BODY}", "Interfax", "(Interfax)"),
        (f"VALE CITY, March 3. /TASS/. {BODY}", "TASS", "/TASS/"),
        (f"By Ann Vale, Associated Press\n\n{BODY}", "Associated Press", None),
        (f"Ann Vale\n\nAssociated Press\n\nVALE CITY – {BODY}", "Associated Press", None),
        (f"{BODY}\n\n— AFP", "Agence France-Presse", "AFP"),
        (f"{BODY} — AFP", "Agence France-Presse", "— AFP"),
        (f"{BODY} (Reuters)", "Reuters", "(Reuters)"),
        (f"{BODY}\n\nWith Reuters", "Reuters", "With Reuters"),
        (
            f"{BODY}\n\nAP writers Ann Vale and Bo J. Orr in Aster contributed to this report.",
            "Associated Press",
            "AP writers Ann Vale and Bo J. Orr in Aster contributed to this report",
        ),
        (f"{BODY}\n\nContributing: Ann Vale and The Associated Press", "Associated Press", None),
        (f"{BODY}\n\nMaterial from the Associated Press was used.", "Associated Press", None),
        (f"{BODY}\n\n(With inputs from PTI)", "Press Trust of India", "(With inputs from PTI"),
        (f"{BODY}\n\n© 2026 Reuters. All rights reserved.", "Reuters", "© 2026 Reuters"),
        (f"{BODY}\n\nThis story was reported by The Associated Press.", "Associated Press", None),
    ],
)
def test_a_credit_is_found_where_it_stands(text: str, agency: str, words: str | None) -> None:
    (credit,) = credits(Article(id="a", text=text))
    assert credit.agency == agency
    assert credit.span
    shown = text[slice(*credit.span)]
    assert any(name in shown for name in (agency, *AGENCIES[agency]))
    assert words in (None, shown)


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} The minister told Reuters that it was shut.",
        f"The strait. (Ann Vale/Reuters)\n\n{BODY}",
        f"Enlarge this image Ann Vale/AFP/Getty Images Ann Vale/AFP/Getty Images\n\n{BODY}",
        f"(AP Photo/Ann Vale)\n\n{BODY}",
        f"{BODY} An official of the Associated Press (AP) was there.",
        f"{BODY} Bloomberg contributed two million to the campaign.",
        f"{BODY} He wrote for the Tass brothers.",
        f"{BODY}\n\nAnn Vale contributed to this report.",
    ],
)
def test_a_name_alone_is_no_credit(text: str) -> None:
    assert credits(Article(id="a", text=text)) == ()


def test_an_outlet_or_author_may_be_the_agency() -> None:
    told = Article(id="a", text=BODY, outlet="The Associated Press", authors=("Bo Orr", "Reuters"))
    assert credits(told) == (Credit(agency="Associated Press"), Credit(agency="Reuters"))
    assert agency_of("Bloomberg News") == "Bloomberg"
    assert agency_of("The Harbour Post") is None
    assert agency_of(None) is None
    assert agency_of("Reuters (UK)") == agency_of("Reuters  wires") == "Reuters"


def test_a_name_of_nothing_but_marks_is_soon_looked_at() -> None:
    begun = time.process_time()
    assert agency_of("AP" + "(" * 100_000) is None
    assert time.process_time() - begun < 0.5


NAMES = ["(AP) —", "Reuters", "\n", "— AFP", "/TASS/.", "contributed to this report", "With", "©"]


@given(parts=st.lists(st.sampled_from([*NAMES, BODY, "(", "By Ann Vale, Associated Press", "𝒜 é"])))
def test_credits_lie_in_the_text_in_order_and_apart(parts: list[str]) -> None:
    text = " ".join(parts)
    spans = [credit.span for credit in credits(Article(id="a", text=text)) if credit.span]
    assert spans == sorted(set(spans))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    for start, end in spans:
        assert any(form in text[start:end] for name in AGENCIES for form in (name, *AGENCIES[name]))
