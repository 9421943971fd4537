"""Sides: the state or intergovernmental organisation that somebody speaks for.

Takes words that say what somebody is (an office, a group, an organisation's name) with the signs of
states in them (`rejoinder.states`) and gives a `Stand`. Pure. Opposition, legislators, experts,
companies, media and private persons speak for nobody here; state media speak for their state.

The one idea: the first sign before the noun of office says whose office it is ("[China]'s U.N.
ambassador"), else the first behind "of" or "for" ("spokesman for the [Indonesian] military"); where
it is accredited, sent or sits ("to", "envoy for", "in") never does.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rejoinder.agencies import agency_of
from rejoinder.model import Span
from rejoinder.phrases import bare, head
from rejoinder.resolve import offices
from rejoinder.resolve.roles import AMERICAN, OFFICIAL, PRIVATE, UNHELD, nouns
from rejoinder.states import Sign, SignKind
from rejoinder.text import word_set

UNITED_STATES = "United States"
#: These speak for a state only where they are said to be the state's.
_MEDIA = word_set("media newspaper television tv broadcaster broadcasters agency news")
_STATES_OWN = re.compile(
    r"\bstate(?:-run|-owned|-controlled|-backed)?\b|\w-run\b|\bofficial\b", re.IGNORECASE
)
_COMPLEMENT = re.compile(r"\s(?:of|for)\s(?:the\s)?", re.IGNORECASE)
#: The same of who works in a state's own body: "spokesman at Latvia's Ministry of Trade".
_WORKS_IN = re.compile(
    r"\s(?:at|in|with)\s(?=[A-Z][\w.]*(?:\s[A-Z]\w*)?['’]s?\s(?:[\w.-]+\s){0,3}?"
    r"(?i:ministry|department|embassy|mission|government|military|army|navy|police)\b)"
)
#: What stands between a name and whose office its bearer holds.
_OF = re.compile(r"\sof\s(?:the\s)?")
_ELSEWHERE = re.compile(
    r"\s(?:to|in|at|on|from|with|about|against|by|who)\b|,|"
    # Where somebody is sent: an "envoy for Latvia" is not Latvia's, a "negotiator for Latvia" is.
    r"(?:(?<=envoy)|(?<=envoys)|(?<=special representative)|(?<=special representatives)|"
    r"(?<=special coordinator)|(?<=special negotiator)|(?<=director))\sfor\b",
    re.IGNORECASE,
)
#: An office that more than one state has under this name; never the United States.
_NOT_AMERICAN = re.compile(
    r"\b(?:foreign|prime) minist|\bdefen[cs]e minist|\bparliament", re.IGNORECASE
)
#: That of whoever is named: "Vale's national security adviser".
_SOMEBODYS = re.compile(r"(?<=\w)['’]s?\s(?:\w+\s){0,2}national security advis[eo]r", re.IGNORECASE)
#: Offices that other states have too, but that stand bare only where they are the United States'.
_BARE_AMERICAN = re.compile(
    r"(?:^|[A-Z]\w*\s)President$|^(?i:the |then-)?(?:vice[ -])?president$|"
    r"(?i:\badministration\b)|\b(?:Vice[ -]President|Attorney General|[Pp]ress [Ss]ecretary)\b"
)
#: Offices and bodies that every state has.
_GOVERNMENTAL = re.compile(
    r"\b(?:(?:foreign|defen[cs]e|interior|finance|prime|health|oil|energy|trade|information|culture|"
    r"economy|transport|commerce|intelligence|justice|education) minist(?:er|ry|ers)|"
    r"ministry|army|military|navy|air force|armed forces|government|cabinet|regime|ambassador|"
    r"supreme leader|general staff|"
    r"state(?:-run|-owned|-controlled)? (?:media|television|tv|broadcaster|news agency|newspaper)|"
    r"foreign secretary|minister (?:of|for)|attorney general|press secretary)\b|"
    r"\b(?:vice[ -])?president$|^(?:the |an? |senior |top )*administration(?: officials?)?\b",
    re.IGNORECASE,
)
#: Offices and bodies that states alone have, no organisation of states.
_STATES_ALONE = re.compile(
    r"\b(?:prime minister|ministers?|ministry|police|army|military|government|cabinet|chancellor|"
    r"king|queen|emir|parliament|"
    r"(?:home|foreign|brexit|health|defen[cs]e|justice|education|trade|business|environment|culture|"
    r"transport|energy|treasury|interior) secretary)\b|\bPM\b",
    re.IGNORECASE,
)
#: Not all of a people, and so not its state: "many Americans".
_SOME = re.compile(
    r"(?:many|most|some|several|few|other|ordinary|all|two|three|four|five|six|seven|eight|nine|ten|\d+)\s",
    re.IGNORECASE,
)
#: Offices that are for people without speaking for them.
_FOR_PEOPLE = word_set(
    "minister ministers ministry secretary undersecretary department commissioner commission"
)
#: What has such a word in its name is a state's own, be it called an institute.
_STATES = re.compile(r"\b(?:National|Federal|Public|Royal|Central|[Ss]tate-\w+)\b")
#: What is counted follows it: "thousands of protesters".
_MANY = re.compile(r"(?:[\w-]+\s){0,3}?(?:thousands|hundreds|dozens|scores)\sof\s", re.IGNORECASE)
#: What has such a word in it is an organisation's, not one state's: "alliance leaders".
_OF_STATES = word_set("alliance alliances bloc blocs")
#: Of two states, and so of neither, or nobody's.
_NO_ONE = re.compile(
    r"\b(?:both|two)\s(?:nations|sides|countries|governments|capitals|leaders|powers|neighbou?rs|"
    r"allies|delegations|militaries|foreign ministers|presidents)\b|\bpublic\Z",
    re.IGNORECASE,
)
#: What ends with a list of names: "… of Latvia, Chile and Japan".
_LISTED = re.compile(
    r"\s(?:of|from)\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z]\w*)*"
    r"(?:,\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z]\w*)*)*,?\sand\s(?:the\s)?[A-Z][\w.]*(?:\s[A-Z]\w*)*\Z"
)
_AND = re.compile(r"\band\b")
#: One state with many: "Latvian and [Western] officials".
_AND_OTHERS = re.compile(
    r"\s(?:and|or)\s(?:other|Western|European|Arab|Gulf|foreign|international|allied)\s"
)
#: Who is accredited to an organisation does not speak for it.
_ACCREDITED = re.compile(r"\b[Aa]mbassadors?\b")
_ACCREDITS = "United Nations"
#: Of many states, and so of no one.
_REGION = re.compile(
    r"(?:the\s|an?\s)?(?:senior\s|top\s)?"
    r"(?:(?:Western|Arab|Gulf|European)\s(?!minist)|"
    r"foreign\s(?:officials?|diplomats?|powers|leaders|governments)|"
    r"world\s(?:leaders|powers)|international\scommunity|(?:Europe|West)\Z)",
    re.IGNORECASE,
)
#: Parts of states that have a government of their own, but none of these offices and bodies; the
#: head of one's government is its chief executive.
_PARTS = frozenset({"Gibraltar", "Hong Kong"})
_SOVEREIGN = re.compile(
    r"\b(?:foreign|defen[cs]e|mainland|central government|prime minister|president|"
    r"army|military|navy|ambassador|embassy|consul(?:ate)?|"
    r"state (?:media|television|tv|news agency|broadcaster))\b",
    re.IGNORECASE,
)
_CHIEF_EXECUTIVE = re.compile(
    r"\bHong ?[Kk]ong(?:['’]s?)? (?:\w+ )?(?i:chief executive)\b(?! officer| of\b| at\b)|"
    r"\b(?i:chief executive) of Hong Kong\b"
)
#: Movements, armed groups and parts of states, which speak for no state where none is named as
#: theirs: a guess would give them the one that they are fighting.
_STATELESS = re.compile(
    r"\b(?:Hamas|Gazans?|Gaza|Taliban|Ho?uthis?|Hezbollah|Hizbollah|Hizbullah|Islamic Jihad|"
    r"Islamic State|ISIS|ISIL|Daesh|[Aa]l[- ]Qa['’]?[ei]da|[Aa]l[- ]Shabaab|[Aa]l[- ]Shabab|"
    r"Al[- ]Nusra|Boko Haram|Kurd(?:s|ish|istan)?|PKK|YPG|SDF|Peshmerga|"
    r"Syrian Democratic Forces|Catal(?:ans?|onia)|Tamil Tigers)\b"
)
#: Media and organisations that many reports quote, and that speak for no state.
_INDEPENDENT = re.compile(
    r"\b(?:(?:wire|news) services?|BBC|CNN|MSNBC|NBC|CBS|NPR|Sky News|Fox News|ITV|"
    r"Al[- ]Jazeera|Guardian|Economist|Der Spiegel|Le Monde|Haaretz|Financial Times|"
    r"Wall Street Journal|Amnesty(?: International)?|Human Rights Watch|HRW|Greenpeace|Oxfam|"
    r"Red Cross|Red Crescent|Save the Children|M[ée]decins Sans Fronti[èe]res|"
    r"(?:Doctors|Reporters) Without Borders|Transparency International|"
    r"Committee to Protect Journalists|International Olympic Committee|IOC|FIFA|UEFA|"
    r"U\.?N\.? Watch)\b"
)
#: Who is backed by a state does not speak for it: "Iran-backed rebels".
_BACKED = re.compile(r"-(?:backed|allied|aligned|funded|sponsored|supported)\b")
#: Somebody whose office says only that it speaks for a body: "a spokeswoman".
_VOICE = re.compile(
    r"(?:(?:an?|the|its|their|chief|senior|official|deputy)\s)*spokes(?:man|woman|person)",
    re.IGNORECASE,
)
#: What is a body, not a place.
_BODIES = frozenset({SignKind.BODY, SignKind.METONYM})
#: How far back, in code points, the text is searched for whose bare office it is.
_REACH = 700
#: Which share of what is found there has to be one state's.
_SHARE = 0.6
#: The same where it is likely that it is some state's other than the United States, and where that
#: is all but sure.
_ANOTHER, _ANOTHER_SURELY = 0.55, 0.35
#: Which share makes a bare president another state's though the United States are named elsewhere.
_SURELY = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Whom somebody speaks for; not `settled` where the words do not say."""

    side: str | None
    settled: bool


UNKNOWN = Stand(side=None, settled=False)
NOBODY = Stand(side=None, settled=True)


def stand(text: str, span: Span, signs: Sequence[Sign]) -> Stand:
    """Tell for whom the bearer of an office or the members of a group speak.

    Args:
        text: The article's.
        span: The words that say what somebody is, without a person's name.
        signs: All of the article's.
    """
    found = _stand(text, span, signs)
    elsewhere = _ELSEWHERE.search(text, *span)
    end = elsewhere.start() if elsewhere else span[1]
    return NOBODY if not found.settled and stateless(text[span[0] : end]) else found


def stateless(words: str) -> bool:
    """Tell whether words name what speaks for no state: a movement, a medium, an organisation."""
    named = any(pattern.search(words) for pattern in (_STATELESS, _INDEPENDENT))
    return named or agency_of(words) is not None


def _stand(text: str, span: Span, signs: Sequence[Sign]) -> Stand:
    words = text[slice(*span)]
    within = _having(words, signs_in(signs, span))
    region = _REGION.match(text, *span)
    organised = region and any(region.start() <= s.span[0] < region.end() for s in within)
    if UNHELD.search(words) or _NO_ONE.search(words) or (region and not organised):
        return NOBODY
    core = head(text, span)
    noun = nouns(text[slice(*core)])[-1:] or [""]
    if any(s.span[0] <= core[0] < s.span[1] for s in within):
        return NOBODY if _SOME.match(words) else _signed(within, core)
    listed = nouns(text[slice(*bare(text, span))])
    many = _MANY.match(words)
    if many and set(nouns(words[many.end() :])[:1]) & PRIVATE:
        return NOBODY
    if _CHIEF_EXECUTIVE.search(words):
        return Stand(side="Hong Kong", settled=True)
    if noun[0] in PRIVATE:
        return NOBODY
    media = {s.side for s in within if s.kind is SignKind.MEDIA}
    if len(media) == 1 and _MEDIA & set(listed):
        return Stand(side=media.pop(), settled=True)
    if not (noun[0] in OFFICIAL or any(n in OFFICIAL for n in listed)):
        return UNKNOWN
    if _medium(noun[0], listed) and not _STATES_OWN.search(words):
        return NOBODY
    found = _owner(text, span, core=core, within=within)
    if found:
        return found
    american = AMERICAN.search(words) and not _SOMEBODYS.search(words)
    return Stand(side=UNITED_STATES, settled=True) if american else UNKNOWN


def _medium(noun: str, listed: Sequence[str]) -> bool:
    """Tell whether a phrase with these words is for a medium: "the news agency [Varo]" too."""
    said = _MEDIA & set(listed if noun not in OFFICIAL else {noun})
    return bool(said - {"news", "agency"}) or ("agency" in said and "news" in listed)


def official(words: str) -> bool:
    """Tell whether words are for an office or body of government, and held now."""
    return _GOVERNMENTAL.search(words) is not None and not UNHELD.search(words)


def held(words: Iterable[str], stands: Iterable[Stand]) -> bool:
    """Tell whether somebody is said to hold an office of a government that is not named.

    "President Vale" speaks for somebody, though "Senator Vale" does not; "former President" says
    that nothing is held.

    Args:
        words: All that is said.
        stands: What each tells.
    """
    said = list(words)
    any_ = any(official(w) and not stand.settled for w, stand in zip(said, stands, strict=True))
    return any_ and not any(map(UNHELD.search, said))


def never_american(words: str) -> bool:
    """Tell whether words are for an office that the United States do not have under this name."""
    return _NOT_AMERICAN.search(words) is not None


def _signed(within: Sequence[Sign], core: Span) -> Stand:
    """Read a phrase that turns on a sign itself: "the Chinese", "Moscow"; two states are none."""
    sides = {s.side for s in within if s.span[0] < core[1]}
    return Stand(side=sides.pop(), settled=True) if len(sides) == 1 else NOBODY


def _owner(text: str, span: Span, *, core: Span, within: Sequence[Sign]) -> Stand | None:
    """Find whose office it is among the signs about its noun."""
    before = [s for s in within if s.span[1] <= core[0] and not _BACKED.match(text, s.span[1])]
    if _ACCREDITED.search(text, core[0], core[1]):
        # "U.N. ambassador" is said of a state's.
        before = [s for s in before if s.side != _ACCREDITS]
    if before:
        joined = {s.side for s in before}
        if len(joined) > 1 and _AND.search(text, before[0].span[1], before[-1].span[0]):
            return NOBODY
        if _AND_OTHERS.match(text, before[-1].span[1]):
            return NOBODY
        return Stand(side=before[0].side, settled=True)
    complement = _WORKS_IN.match(text, core[1], span[1])
    if complement is None and not _ELSEWHERE.match(text, core[1], span[1]):
        complement = _COMPLEMENT.match(text, core[1], span[1])
    if complement is None:
        return None
    elsewhere = _ELSEWHERE.search(text, complement.end(), span[1])
    end = elsewhere.start() if elsewhere else span[1]
    behind = [s for s in within if complement.end() <= s.span[0] and s.span[1] <= end]
    if not behind:
        return NOBODY if _private(text, core, (complement.end(), end)) else None
    if _BACKED.match(text, behind[0].span[1]):
        return NOBODY
    if listing(text, span) and len({s.side for s in within}) > 1:
        return NOBODY
    last = behind[-1]
    if last.side != behind[0].side and _AND.search(text, behind[0].span[1], last.span[0]):
        return NOBODY
    return Stand(side=behind[0].side if _own(text, behind[0], end) else None, settled=True)


def _private(text: str, core: Span, served: Span) -> bool:
    """Tell whether what is served speaks for no state: "the head of [the hospital in Riga]".

    Ministers are not meant: one "for women" is a state's; nor is a national institute.
    """
    minister = _FOR_PEOPLE & set(nouns(text[slice(*core)])) or _STATES.search(text, *served)
    last = nouns(text[slice(*head(text, served))])[-1:]
    return not minister and bool(last) and last[0] in PRIVATE


def listing(text: str, span: Span) -> bool:
    """Tell whether a phrase names several: "the leaders of Latvia, Chile and Japan"."""
    return _LISTED.search(text, *span) is not None


def _own(text: str, sign: Sign, end: int) -> bool:
    """Tell whether what is named behind a state's name is a part of the state.

    "Turkey's [army]", "Russia's [Security Service]"; not "Turkey's [religious communities]". What
    is behind a body's name is a part of that: "Kremlin [press operations]".
    """
    rest = re.sub(r"^['’]s?\s*", "", text[sign.span[1] : end]).strip()
    found = nouns(rest)
    private = any(noun in PRIVATE for noun in found)
    if sign.kind in _BODIES:
        return not private
    if not found or any(noun in OFFICIAL for noun in found):
        return True
    return rest[:1].isupper() and not private


def voice(text: str, span: Span, signs: Sequence[Sign]) -> str | None:
    """Guess for whom a bare "spokeswoman" speaks: the body that her paragraph named last.

    "The European Commission, which negotiates for Latvia, said … “…,” said [a spokeswoman]": a
    state that is named in between is a place or a party, a body is what has a voice.
    """
    if not _VOICE.fullmatch(text, *span):
        return None
    begin = text.rfind("\n", 0, span[0]) + 1
    bodies = [s for s in signs_in(signs, (begin, span[0])) if s.organisation or s.kind in _BODIES]
    return bodies[-1].side if bodies else None


def around(text: str, span: Span, signs: Sequence[Sign]) -> str | None:
    """Guess whose a bare office of government is from the states named about it.

    "The Foreign Ministry": nearer states weigh more, and those before it; where none has most of
    the weight, it is open. A bare president or administration is the United States' where those are
    named about it: English-language news says whose any other is.
    """
    words = text[slice(*span)]
    if not _GOVERNMENTAL.search(words):
        return None
    weights = _weigh(span, _having(words, signs))
    elsewhere = never_american(words)
    if elsewhere:
        weights.pop(UNITED_STATES, None)
    side, share = _most(weights)
    if not elsewhere and _BARE_AMERICAN.search(words):
        named = any(sign.side == UNITED_STATES for sign in signs)
        if UNITED_STATES in weights or (named and share < _SURELY):
            return UNITED_STATES
    return side if share >= _SHARE else None


def foreign(
    text: str,
    spans: Iterable[Span],
    *,
    said: Iterable[Span],
    signs: Sequence[Sign],
    sure: bool = False,
) -> str | None:
    """Guess for which state or organisation somebody speaks that is not the United States.

    Args:
        text: The article's.
        spans: Where the article has words for who it is.
        said: Those of them that say what it is; one state in them decides.
        signs: All of the article's.
        sure: Whether it is all but sure that there is one.
    """
    for span in said:
        elsewhere = _ELSEWHERE.search(text, *span)
        end = elsewhere.start() if elsewhere else span[1]
        near = _having(text[slice(*span)], signs_in(signs, (span[0], end)))
        own = {s.side for s in near} - {UNITED_STATES}
        if len(own) == 1:
            return own.pop()
    spans = list(spans)
    allied = any(_OF_STATES & set(nouns(text[slice(*span)])) for span in spans)
    if allied:
        signs = [sign for sign in signs if sign.organisation]
    states = not allied and any(_STATES_ALONE.search(text, *span) for span in spans)
    weights: dict[str, float] = defaultdict(float)
    for span in spans:
        having = _having(text[slice(*span)], signs)
        for side, weight in _weigh(span, having, organisations=not states).items():
            weights[side] += weight
    weights.pop(UNITED_STATES, None)
    side, share = _most(weights)
    return side if share >= (_ANOTHER_SURELY if sure else _ANOTHER) else None


def _having(words: str, signs: Sequence[Sign]) -> Sequence[Sign]:
    """Leave out the signs of those who cannot have an office: no part of a state has an army."""
    if not _SOVEREIGN.search(words):
        return signs
    return [sign for sign in signs if sign.side not in _PARTS]


def _weigh(span: Span, signs: Sequence[Sign], *, organisations: bool = False) -> dict[str, float]:
    """Weigh the states named about a span: nearer ones weigh more, and those before it."""
    weights: dict[str, float] = defaultdict(float)
    for sign in signs_in(signs, (max(0, span[0] - _REACH), span[0] + _REACH)):
        gap = span[0] - sign.span[1]
        if organisations or not sign.organisation:
            weights[sign.side] += 1 / (60 + abs(gap)) * (1 if gap >= 0 else 0.4)
    return weights


def _most(weights: Mapping[str, float]) -> tuple[str, float]:
    """Return the side that weighs most, and its share of the whole."""
    side, most = max(weights.items(), key=lambda pair: pair[1], default=("", 0.0))
    return side, most / sum(weights.values()) if weights else 0.0


def signs_in(signs: Sequence[Sign], span: Span) -> Sequence[Sign]:
    """Return the signs in a span; they are in order."""
    first = bisect_left(signs, span[0], key=lambda sign: sign.span[0])
    last = bisect_right(signs, span[1], key=lambda sign: sign.span[1])
    return signs[first : max(first, last)]


def held_of(text: str, name: Span, signs: Sequence[Sign]) -> str | None:
    """Return the state behind a name whose office stands before it: "President [Vale] of Peru".

    "Governor Orr of Washington" governs no state's capital, so only a state's name counts.
    """
    title = offices.title(text, name)
    behind = _OF.match(text, name[1])
    if not title or not behind or not OFFICIAL.intersection(nouns(text[slice(*title)])):
        return None
    number = bisect_left(signs, behind.end(), key=lambda sign: sign.span[0])
    sign = signs[number] if number < len(signs) else None
    named = sign and sign.span[0] == behind.end() and sign.kind is SignKind.NAME
    return sign.side if sign and named else None
