"""Tells what stands in a report's place: a plea for consent, a paywall, a robot check, an error.

Takes a text and its title. `wall_spans` gives the paragraphs that such a wall is made of, which are
furniture where a report stands beside them; `wall_in_place` says why there is no report. It reads
no markup, since walls have as many kinds of it as there are vendors.

The one idea: a wall speaks to the reader, of few things. So a paragraph of one says "you" or "we",
has several terms of one kind close together, and reports nothing.
"""

from __future__ import annotations

import re

from rejoinder.model import Spans
from rejoinder.reading.patterns import FIRM_LINE, LONGEST, REPORTS, SOFT_LINE
from rejoinder.text import paragraphs

#: No paragraph of a wall has more code points.
_LONGEST = 2_000
#: So many different terms of one kind make a paragraph a wall's, and one more for so many words.
_TERMS, _EVERY = 2, 30
#: A report has more words than this besides the wall; what reports something may have fewer.
_SCANT = 25
#: A page with the title of a wall has no more words.
_MOST = 150

_ADDRESS = re.compile(r"\b(?:you|your|we|our|please|already an?|enable)\b")
#: One of these is in any paragraph of a wall, and hardly in any other; to look for them is quick.
_STEMS = (
    *("cookie", "consent", "privacy", "personal", "geoloc", "subscri", "account", "trial"),
    *("unlimited", "membership", "regist", "unlock", "log in", "sign in", "javascript", "browser"),
    *("captcha", "robot", "cloudflare", "your connection", "automated", "ad block", "terms of"),
)
# A verb of reporting, or a quotation that is longer than the name of a button.
_TOLD = re.compile(rf"{REPORTS.pattern}|[\"“](?:[^\s\"“”]+\s+){{4}}")
_CONSENT = (
    r"cookies?|consent|privacy|personali[sz]ed|advertising|partners|vendors|third[- ]part(?:y|ies)"
    r"|store and/or access|personal data|geolocation|identifiers|opt[- ]out|preferences|settings"
    r"|(?:accept|reject|manage) all|legitimate interests?|gdpr|data protection|terms of (?:service"
    r"|use)"
)
_PAYWALL = (
    r"subscribers?|subscriptions?|subscribe|sign in|log in|account|unlimited|digital access|trial"
    r"|cancel|continue reading|keep reading|\d weeks|free articles?|membership"
    r"|register|unlock"
)
_ROBOTS = (
    r"javascript|cookies|browser|robots?|captcha|cloudflare|security of your connection"
    r"|connection is secure|unusual (?:traffic|activity)|automated|support team|reference id"
    r"|ad[- ]?blockers?|disabled|enabled?"
)
_ERRORS = (
    r"(?:(?:the )?page (?:was )?|file )?(?:not found|unavailable(?: for| due to).{0,40})"
    r"|(?:page|service|content) unavailable|(?:access )?(?:denied|restricted)|forbidden|gone"
    r"|unauthori[sz]ed|bad (?:gateway|request)|gateway time-?out|internal server error"
    r"|too many requests"
)
#: What it is, the terms of its paragraphs, and how such a page is called.
_KINDS = tuple(
    (what, re.compile(rf"\b(?:{terms})\b"), re.compile(title, re.IGNORECASE))
    for what, terms, title in (
        (
            "a page that asks for consent (cookies)",
            _CONSENT,
            r"(?:we value|we care about|your) (?:your )?privacy(?: matters)?.{0,20}"
            r"|before you continue.{0,60}|(?:cookie|privacy) (?:consent|settings|preferences)"
            r"|manage your (?:cookies|choices)",
        ),
        (
            "a paywall",
            _PAYWALL,
            r"subscribe (?:to|now|for).{0,60}|(?:sign|log) in(?: to .{1,60})?|subscribers? only"
            r"|register to (?:continue|keep) reading",
        ),
        (
            "a page that keeps robots out",
            _ROBOTS,
            r"just a moment\W*|are you (?:a robot|human)\W*|attention required\W*(?:cloudflare)?"
            r"|(?:please )?verify (?:that )?you are (?:a )?human\W*|security check"
            r"|pardon our interruption\W*|human verification|bot verification",
        ),
        (
            "an error page",
            r"(?!)",
            rf"(?:(?:http )?error:? )?[45]\d\d(?:\W{{1,3}}(?:error|{_ERRORS}))?(?: \W .{{0,40}})?"
            rf"|{_ERRORS}",
        ),
    )
)


def wall_spans(text: str) -> Spans:
    """Find the paragraphs of `text` in which a wall speaks."""
    return tuple(span for span in paragraphs(text) if _kind(text[slice(*span)]))


def wall_in_place(text: str, title: str | None) -> str | None:
    """Say what stands in place of a report, as "a paywall"; None where there is a report."""
    lines = [text[slice(*span)] for span in paragraphs(text)]
    kinds = [_kind(line) for line in lines]
    left = [line for line, kind in zip(lines, kinds, strict=True) if not (kind or _is_box(line))]
    if any(REPORTS.search(line) for line in left):
        return None
    named = _named(title or "") if len(text.split()) <= _MOST else None
    found = [kind for kind in kinds if kind]
    if named or not found or sum(len(line.split()) for line in left) > _SCANT:
        return named
    return max(found, key=found.count)


def _kind(paragraph: str) -> str | None:
    words = paragraph.casefold() if len(paragraph) <= _LONGEST else ""
    if not any(stem in words for stem in _STEMS):
        return None
    if not _ADDRESS.search(words) or _TOLD.search(paragraph):
        return None
    enough = _TERMS + len(words.split()) // _EVERY
    for what, terms, _ in _KINDS:
        if len({term.replace("-", " ") for term in terms.findall(words)}) >= enough:
            return what
    return None


def _named(title: str) -> str | None:
    return next((what for what, _, name in _KINDS if name.fullmatch(title.strip())), None)


def _is_box(line: str) -> bool:
    return len(line) <= LONGEST and bool(FIRM_LINE.fullmatch(line) or SOFT_LINE.fullmatch(line))
