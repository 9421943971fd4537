"""Carriers that plain words name: "confirmed to Fox News", ", the Times reported".

Takes the text, where names stand and the statements; gives a carrier to those that have none. Pure.

The one idea: that words name a medium is told by the name ("The Harbour Times", "Reuters"), that it
carries a statement by the words before or behind it, which stand at the statement's cue, within its
source, or at the end of its sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from rejoinder.agencies import AGENCY_NAMES
from rejoinder.model import Mention, MentionKind, NameType, Span, Spans, Statement
from rejoinder.text import at, overlap, sentences, words

#: Media whose names do not say so, beside the agencies.
_KNOWN = (
    *("CNN", "BBC", "NPR", "PBS", "CBS", "NBC", "ABC", "MSNBC", "CNBC", "CBC", "C-SPAN", "ITV"),
    *("NHK", "CCTV", "CGTN", "TRT", "RT", "ARD", "ZDF", "RTL", "BFMTV", "France 24", "Euronews"),
    *("Deutsche Welle", "Al Jazeera", "Al-Jazeera", "Al Arabiya", "Al-Arabiya", "Al-Manar"),
    *("Al-Mayadeen", "Press TV", "PressTV", "Radio Free Europe", "Voice of America", "Telesur"),
    *("Twitter", "Facebook", "Instagram", "YouTube", "Telegram", "Weibo", "WeChat", "TikTok"),
    *("Truth Social", "VKontakte", "LinkedIn", "Politico", "Axios", "BuzzFeed", "Vox", "Slate"),
    *("Newsweek", "Breitbart", "HuffPost", "Haaretz", "Ynet", "Bellingcat", "Der Spiegel", "Bild"),
    *("Spiegel", "Die Welt", "Die Zeit", "Le Monde", "Le Figaro", "Le Parisien", "Libération"),
    *("El País", "El Pais", "El Mundo", "La Repubblica", "La Stampa", "Corriere della Sera"),
    *("O Globo", "Foreign Policy", "Foreign Affairs", "New Yorker", "New Republic", "Guardian"),
    *("The Economist", "the Economist", "The Atlantic", "the Atlantic", "The Hill", "the Hill"),
    *("The Intercept", "the Intercept", "The Spectator", "the Spectator", "The Independent"),
    *("the Independent", "Wall Street Journal", "Izvestia", "Kommersant", "Vedomosti", "Hurriyet"),
    *("Rodong Sinmun", "Sputnik", "Asharq al-Awsat", "People's Daily", "People’s Daily"),
    *("Meet the Press", "Face the Nation", "State of the Union", "Good Morning America"),
    *(
        "Fox & Friends",
        "60 Minutes",
        "USA Today",
        "Vanity Fair",
        "Rolling Stone",
        "Gizmodo",
        "Yahoo",
    ),
    *("Al Akhbar", "Al-Akhbar", "Amaq", "Stars and Stripes", "The Verge", "Business Insider"),
)
#: The last words of the names of others: those of which one alone is a name, and the rest; but
#: "the Fisheries Monitor of Norway" is none.
_ALONE = r"(?:Times|Post|Journal|Herald|Tribune|Gazette|Telegraph|Chronicle|Examiner|Beacon)"
_CALLED = (
    rf"(?:{_ALONE}|News|Observer|Daily|Mail|Monitor|Broadcasting(?: Corporation| Company)?|TV|"
    r"Television|Radio|Magazine|Review|Beast|Weekly|Caller|Pravda|Network|[Nn]ews [Aa]gency)"
)
_CAPITAL = r"(?!(?:On|In|At|By|As|But|And|To|While|Speaking) )[A-Z][\w.&’'-]*"
_NAMES = re.compile(
    rf"(?<![\w@#])(?:(?:{'|'.join(map(re.escape, (*AGENCY_NAMES, *_KNOWN)))})"
    rf"(?: (?:{_CALLED}))?|(?:{_CAPITAL} ){{1,4}}{_CALLED}|(?<=[Tt]he ){_ALONE})(?!\w| (?:for|of) )"
    # What of it: "NBC's “Meet the Press”".
    r"(?:['’]s (?:“[^“”\n]{2,40}”|\"[^\"\n]{2,40}\"))?"
)
#: What a medium is, before or behind its name.
_KIND = (
    r"(?:news ?paper|magazine|broadcaster|(?:news|press) agency|newswire|wire service|television|"
    r"TV|radio|news (?:channel|website|site|network|outlet)|website|daily|weekly|tabloid)"
)
_IS_ONE = re.compile(rf"[’']?s?,? (?:the )?(?:[\w-]+ )?{_KIND}\b")
_ONE_BEFORE = re.compile(rf"\b{_KIND}(?: station)?,? $")
#: Words between what addresses a medium and its name: "the state-run news agency".
_BEFORE = (
    r"(?:(?!(?:that|in|on|at|to|by|of|and|or|but|for|with|from|as|after|before|about|over) )"
    r"[’'\w.-]+ ){0,4}"
)
#: What is said to a medium, or appears in it.
_ADDRESSED = re.compile(
    r"\b(?:t(?:old|ells?|elling)|informed|(?:confirmed|admitted|said|spoke|spoken|speaking) to|"
    r"sp(?:oke|eaking) (?:with|on)|"
    r"(?:interviews?|interviewed|contacted|reached|remarks|comments|statement|appearance|appeared|appearing)"
    r"(?: \w+){0,2}? (?:with|to|by|on|for|in)|"
    r"w(?:rote|rites|riting|ritten) (?:in|for|at|on)|"
    r"(?:op-ed|article|column|piece|commentary|essay|editorial)(?: \w+){0,2}? (?:in|for|by|on)|"
    r"(?:quoted|cited|carried|published|broadcast|aired|reported|posted|released|relayed|shared|run)"
    r"(?: \w+){0,2} (?:by|in|on|to)|"
    r"(?:says?|said|post|posts|message|video|taken|took) (?:on|to))"
    rf" {_BEFORE}$"
)
#: "wrote in a [Harbour Times] column".
_IN_ITS = re.compile(r"\b(?:in|for|with|on) (?:an?|the|his|her|its) (?:[A-Z][a-z]+ )?$")
_PIECE = re.compile(
    r"(?:\.com|\.org)?(?:[’']s)? (?:\w+ )?(?:op-ed|article|column|piece|interview|commentary|essay|"
    r"editorial)\b"
)
#: Who tells what others said, at the end of a sentence or at its beginning.
_BY_ITS_ACCOUNT = re.compile(
    rf"(?:, (?:as )?(?:according to|reported by|reported|reports|citing|per)|"
    rf"^[“\"\s]*(?:According to|As reported by)) {_BEFORE}$"
)
_AS_IT_REPORTS = re.compile(r"(?:, (?:as )?|^As )(?:the |The )?$")
_REPORTS = re.compile(r",? (?:has |had |also |first |later )*(?:reports|reported|notes|noted)\b")
#: So far, in code points, may words stand that address a medium or tell whose account it is.
_REACH = 100
#: How far behind a cue those begin that address a medium.
_BEHIND = 2


def media(text: str, mentions: Sequence[Mention]) -> Spans:
    """List where media are named."""
    called = {m.span for m in mentions if _medium(text, m)}
    return tuple(sorted(called | {name.span() for name in _NAMES.finditer(text)}))


def carriers(
    text: str, statements: Sequence[Statement], named: Sequence[Span]
) -> tuple[Statement, ...]:
    """Give statements whose words name a carrier that nobody took for one that carrier.

    Args:
        text: The article's.
        statements: Of it.
        named: Where media are named, in order.
    """
    out = []
    for statement in statements:
        found = _named(text, statement, named) if statement.cue else ()
        out.append(replace(statement, via=found) if found else statement)
    return tuple(out)


def _medium(text: str, mention: Mention) -> bool:
    """Tell whether a name is that of a medium by the noun beside it: "the Hurriyet newspaper"."""
    if mention.kind is not MentionKind.NAME or mention.type is NameType.PERSON:
        return False
    start, end = mention.span
    before = _ONE_BEFORE.search(text, max(0, start - _REACH), start)
    return before is not None or _IS_ONE.match(text, end) is not None


def _named(text: str, statement: Statement, named: Sequence[Span]) -> Spans:
    bounds = sentences(text)
    start, end = bounds[at(bounds, statement.cue[0][0])]
    if statement.via and start <= statement.via[0][0] < end:
        return ()
    first, last = (bisect_left(named, edge, key=lambda span: span[0]) for edge in (start, end))
    free = [m for m in named[first:last] if not overlap((m,), statement.content)]
    told = (m for m in free if _addressed(text, statement, m) or _account(text, statement, m))
    return next(((m,) for m in told), ())


def _addressed(text: str, statement: Statement, medium: Span) -> bool:
    """Tell whether the words at the cue, or within the source, say it to a medium."""
    start, end = statement.cue[0][0], statement.cue[-1][1]
    told = _ADDRESSED.search(text, max(0, medium[0] - _REACH), medium[0])
    if told is None and _PIECE.match(text, medium[1]):
        told = _IN_ITS.search(text, max(0, medium[0] - _REACH), medium[0])
    if told is None:
        return False
    within = any(span[0] < told.start() and medium[1] <= span[1] for span in statement.source)
    return within or start <= told.start() <= end + _BEHIND


def _account(text: str, statement: Statement, medium: Span) -> bool:
    """Tell whether a medium is named as that by whose account it was said."""
    if overlap((medium,), statement.cue) or text[slice(*medium)] in words(text, statement.source):
        return False
    bounds = sentences(text)
    begins, _ = bounds[at(bounds, medium[0])]
    before = max(begins, medium[0] - _REACH)
    if _BY_ITS_ACCOUNT.search(text[before : medium[0]]):
        return True
    return bool(_AS_IT_REPORTS.search(text[before : medium[0]]) and _REPORTS.match(text, medium[1]))
