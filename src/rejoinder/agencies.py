"""News agencies, and the lines by which a report says that an agency's words are in it.

Takes an article and gives `Credit`s, with their spans into its text. It judges nothing: a credit
alone is no copy, since "AP contributed to this report" may stand below a sentence of AP's. What a
picture is credited to is none of the words' ("Jonathan Ernst/Reuters").

The one idea: an agency's name is everywhere ("told Reuters"), a credit has a place: behind the
dateline, in a byline, or on a line of its own where the text begins or ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rejoinder.model import Article, Span
from rejoinder.text import holds

#: Agencies whose reports others carry, each with the other forms of its name. Short forms count
#: only as they are written here; a credit's other words may have any case.
AGENCIES: dict[str, tuple[str, ...]] = {
    "Associated Press": ("AP", "ASSOCIATED PRESS"),
    "Reuters": ("REUTERS", "Thomson Reuters"),
    "Agence France-Presse": ("AFP", "Agence France Presse"),
    "Bloomberg": ("Bloomberg News",),
    "United Press International": ("UPI",),
    "Tribune News Service": ("TNS",),
    "dpa": ("DPA", "Deutsche Presse-Agentur"),
    "EFE": ("Agencia EFE",),
    "Europa Press": (),
    "ANSA": (),
    "Adnkronos": (),
    "Lusa": (),
    "Belga": (),
    "ANP": (),
    "APA": (),
    "Keystone-SDA": (),
    "Ritzau": (),
    "NTB": (),
    "STT": (),
    "BNS": ("Baltic News Service",),
    "PAP": ("Polish Press Agency",),
    "CTK": ("ČTK",),
    "MTI": (),
    "Agerpres": ("AGERPRES",),
    "BTA": (),
    "Hina": ("HINA",),
    "Tanjug": ("TANJUG",),
    "PA Media": ("PA", "Press Association"),
    "Canadian Press": (),
    "Australian Associated Press": ("AAP",),
    "TASS": ("ITAR-TASS", "Itar-Tass", "Tass"),
    "RIA Novosti": ("RIA",),
    "Interfax": ("INTERFAX",),
    "Interfax-Ukraine": (),
    "Ukrinform": (),
    "UNIAN": (),
    "BelTA": ("BELTA",),
    "Kazinform": (),
    "Xinhua": ("Xinhua News Agency", "XINHUA"),
    "China News Service": (),
    "Central News Agency": ("CNA",),
    "Kyodo": ("Kyodo News", "KYODO"),
    "Jiji": ("Jiji Press",),
    "Yonhap": ("Yonhap News Agency", "YONHAP"),
    "KCNA": (),
    "Press Trust of India": ("PTI",),
    "ANI": ("Asian News International",),
    "IANS": ("Indo-Asian News Service",),
    "Associated Press of Pakistan": ("APP",),
    "Bernama": ("BERNAMA",),
    "Antara": ("ANTARA",),
    "Anadolu": ("Anadolu Agency", "AA"),
    "IRNA": (),
    "SANA": (),
    "WAM": (),
    "Saudi Press Agency": ("SPA",),
    "Qatar News Agency": ("QNA",),
    "KUNA": (),
    "MENA": ("Middle East News Agency",),
    "Petra": (),
}
_NAMES = {form: name for name, forms in AGENCIES.items() for form in (name, *forms)}
#: All forms of their names, the longest first.
AGENCY_NAMES = tuple(sorted(_NAMES, key=len, reverse=True))
_A = f"(?P<agency>{'|'.join(map(re.escape, AGENCY_NAMES))})"
_SLASHED = _A.replace("agency", "slashed")
_NEWS = r"(?:(?i: news agency| newswires?| news| wires?))?"
#: How far from the beginning and from the end credits stand, in code points: captions and bylines
#: come before a dateline, boxes and notices behind what was contributed.
_HEAD, _TAIL = 1_500, 2_000
#: Lines of their own stand nearer to either end.
_EDGE = 600
#: "WASHINGTON (AP) —", "BEIJING, March 3 (Xinhua) --", "MOSCOW, March 3. /TASS/."
_DATELINE = re.compile(
    rf"^[^\n()/]{{0,80}}(?P<credit>\({_A}\)(?=[ ]?(?:[-–—:]|$))"
    rf"|(?<![^\s.,])/{_SLASHED}/(?=[\s.:]|$))",
    re.MULTILINE,
)
#: "By Jane Doe, Associated Press", "Associated Press", "By the Associated Press", "— AFP",
#: "With Reuters", "(Reuters)"
_LINE = re.compile(
    rf"^[\s(\[•*—–-]*(?P<credit>(?:(?i:by|from|source:?|via|with|contributing:)[ ])?"
    rf"(?:(?:(?![a-z”\"][.!?…])[^\n]){{3,80}}?(?:,|\||[ ]and)[ ])?"
    rf"(?:[Tt]he[ ])?\b{_A}{_NEWS})[\s.)\]]*$",
    re.MULTILINE,
)
#: The end of a last paragraph: "… he said. — AFP", "… he said. (Reuters)"
_SIGNED = re.compile(
    rf"[.!?”\"’'][ ]*(?P<credit>(?:[—–-]+[ ]*(?:[Ww]ith[ ])?|\(){_A}\)?)[\s.]*$", re.MULTILINE
)
#: "Associated Press writers Ann Vale and Bo Orr contributed to this report."
_CONTRIBUTED = re.compile(
    rf"(?P<credit>(?:\b[Tt]he[ ])?\b{_A}\b[^\n]{{0,300}}?[ ](?i:(?:also[ ])?contributed[ ]"
    r"(?:reporting|research|to[ ](?:this|the)[ ](?:report|story|article|piece|post))))"
)
#: "Material from the Associated Press was used", "(With inputs from PTI)", "© 2026 Reuters",
#: "This story was reported by The Associated Press"
_USED = re.compile(
    r"(?P<credit>(?i:(?:^|[(\[]|\b(?:contains|includes|uses)[ ])(?:with[ ])?(?:\w+[ ])?"
    r"(?:material|information|reporting|reports|inputs?|files)[ ](?:from|by)"
    r"|\bthis[ ](?:story|report|article)[ ](?:was|is|has[ ]been)[ ][^\n.]{2,60}[ ](?:by|from)"
    r"|(?:©|\(c\)|\bcopyright)[ ]?(?:©[ ]?)?(?:\d{4})?[ ]?(?:by)?)"
    rf"[ ]?(?i:the[ ])?\b{_A}\b)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Where a report says that an agency's words are in it."""

    #: By its full name.
    agency: str
    #: The words that say so; None where it is the outlet, or an author, that says so.
    span: Span | None = None


def agency_of(name: str | None) -> str | None:
    """Return the agency that an outlet or author is, or None: "Reuters", "The Associated Press"."""
    if name is None:
        return None
    bare = re.sub(r"(?:\([^()]*\)|[Nn]ewswires?|[Ww]ires?)$", "", name.strip()).rstrip()
    return _NAMES.get(re.sub(r"^(?:[Bb]y )?(?:[Tt]he )?", "", bare))


def credits(article: Article) -> tuple[Credit, ...]:
    """Find the credits of a report, those without a span first, then in reading order."""
    named = (agency_of(name) for name in (article.outlet, *article.authors))
    known = [Credit(agency=agency) for agency in dict.fromkeys(named) if agency]
    found = dict(_lines(article.text))
    return (*known, *(Credit(agency=found[span], span=span) for span in _outermost(found)))


def _lines(text: str) -> Iterator[tuple[Span, str]]:
    """Yield the credits in a text, each with its agency; some may lie in others."""
    for start, end in _ends(text):
        for pattern in (_DATELINE, _LINE, _SIGNED, _CONTRIBUTED, _USED):
            for match in pattern.finditer(text, start, end):
                if _in_place(text, match):
                    names = match.groupdict()
                    yield match.span("credit"), _NAMES[names["agency"] or names.get("slashed", "")]


def _ends(text: str) -> Iterator[Span]:
    """Yield the beginning and the end of a text, in whole lines where these are short."""
    if len(text) <= _HEAD + _TAIL:
        yield 0, len(text)
        return
    first = text.find("\n", _HEAD, _HEAD + _EDGE)
    yield 0, first if first >= 0 else _HEAD
    yield text.rfind("\n", 0, len(text) - _TAIL) + 1 or len(text) - _TAIL, len(text)


def _in_place(text: str, match: re.Match[str]) -> bool:
    """Tell whether a credit of a form stands where those of its form do."""
    start, end = match.span("credit")
    if match.re is _DATELINE:
        return start < _HEAD
    if match.re is _LINE:
        return start < _EDGE or end > len(text) - _EDGE
    return match.re is not _SIGNED or end > len(text) - _EDGE


def _outermost(found: dict[Span, str]) -> list[Span]:
    """List the spans that lie in no longer one, in reading order."""
    return [s for s in sorted(found) if not any(o != s and holds(o, s) for o in found)]
