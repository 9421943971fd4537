"""The event schemes' codes for acts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rejoinder.acts import Code, code
from rejoinder.model import Act

#: The event types of PLOVER.
PLOVER = frozenset(
    ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE",
     "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT")
)  # fmt: skip
#: What an act is where its wording says no more.
PLAIN = [
    (Act.ASSERT, "010", None),
    (Act.SUPPORT, "051", "SUPPORT"),
    (Act.PLEDGE, "030", "AGREE"),
    (Act.CONCEDE, "055", "CONCEDE"),
    (Act.REQUEST, "020", "REQUEST"),
    (Act.ACCUSE, "112", "ACCUSE"),
    (Act.DENY, "016", None),
    (Act.REJECT, "120", "REJECT"),
    (Act.WARN, "130", "THREATEN"),
]


@pytest.mark.parametrize(("act", "cameo", "plover"), PLAIN)
def test_every_act_has_a_code(act: Act, cameo: str, plover: str | None) -> None:
    assert code(act, cue="", content="") == Code(cameo=cameo, plover=plover)


def test_no_act_is_left_out() -> None:
    assert {act for act, _, _ in PLAIN} == set(Act)


#: An act, its cue, its content and the closer code.
CLOSER = [
    (Act.ASSERT, "declined to comment", "on the cable", "011"),
    (Act.ASSERT, "was optimistic", "that it would open", "013"),
    (Act.ASSERT, "was hoping", "that it would open", "013"),
    (Act.ASSERT, "claimed responsibility for", "the attack", "015"),
    (Act.SUPPORT, "praised", "the deal", "051"),
    (Act.SUPPORT, "Defended", "the drills", "052"),
    (Act.SUPPORT, "agreed", "that it was so", "019"),
    (Act.SUPPORT, "sent condolences", "to the families", "018"),
    (Act.CONCEDE, "apologised for", "the spill", "055"),
    (Act.CONCEDE, "admitted", "that it was theirs", "015"),
    (Act.PLEDGE, "offered", "to hold talks", "036"),
    (Act.PLEDGE, "promised", "aid for the fishermen", "033"),
    (Act.REQUEST, "called for", "a dialogue", "026"),
    (Act.REQUEST, "called for", "a ceasefire", "025"),
    (Act.REQUEST, "demanded", "the ship back", "100"),
    (Act.ACCUSE, "condemned", "the drills", "111"),
    (Act.ACCUSE, "criticized", "the drills", "111"),
    (Act.ACCUSE, "decrying", "the drills", "111"),
    (Act.ACCUSE, "complained", "that it was loud", "114"),
    (Act.ACCUSE, "accused", "of lying", "112"),
    (Act.REJECT, "rejected", "any talks", "125"),
    (Act.REJECT, "vetoed", "the text", "129"),
    (Act.WARN, "threatened", "sanctions", "131"),
    (Act.WARN, "threatened", "a military strike", "138"),
]
#: Wordings that only look like closer ones.
NO_CLOSER = [
    (Act.ACCUSE, "issued a statement accusing", "of lying", "112"),
    (Act.ACCUSE, "pursued the charge", "of lying", "112"),
    (Act.PLEDGE, "promised", "a fundamental change", "030"),
    (Act.WARN, "warned", "of a warm winter", "130"),
    (Act.REQUEST, "asked for", "the meeting's minutes to be burnt", "026"),
    (Act.DENY, "denied", "that talks would be held", "016"),
]


@pytest.mark.parametrize(("act", "cue", "content", "cameo"), [*CLOSER, *NO_CLOSER])
def test_the_wording_tells_a_closer_code(act: Act, cue: str, content: str, cameo: str) -> None:
    assert code(act, cue=cue, content=content).cameo == cameo


def test_no_comment_is_a_plain_statement_whatever_the_act() -> None:
    for act in (Act.ASSERT, Act.REJECT):
        assert code(act, cue="declined to comment", content="") == Code(cameo="011", plover=None)


@given(st.sampled_from(Act), st.text(), st.text())
def test_a_code_is_one_of_the_schemes(act: Act, cue: str, content: str) -> None:
    found = code(act, cue=cue, content=content)
    assert re.fullmatch(r"(?:0[1-9]|1[0-9]|20)\d", found.cameo)
    assert found.plover is None or found.plover in PLOVER


@given(st.text(), st.text())
def test_a_denial_has_no_type_of_plover(cue: str, content: str) -> None:
    assert code(Act.DENY, cue=cue, content=content) == Code(cameo="016", plover=None)
