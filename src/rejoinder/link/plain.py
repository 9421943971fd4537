"""What the report's own words settle: which statement is answered, or what that is no statement.

Takes the `Context` of an article's statements. Wordings that leave no doubt go before what is
learnt (`features`); each says in its docstring what it reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rejoinder.link.context import CONTRARY, HOSTILE, Context, candidates, resolved
from rejoinder.model import Span, Spans
from rejoinder.text import overlap

#: How likely an answer, and its link, is that the report itself makes.
SURE = 0.9
_RELATIVES = frozenset({"who", "which"})
#: How far before a "who", in code points, its clause says that what follows is answered.
_CLAUSE_REACH = 160
_ANSWERING = re.compile(
    r"\b(?:(?:respond|react|repl)(?:ing|ed|ied|ying)|in (?:response|reply|answer|reaction)) to\b",
    re.IGNORECASE,
)


def said_to_answer(context: Context) -> Iterator[tuple[int, int]]:
    """Yield pairs of which the report says that the first answers the second.

    "Vale accused … She was reacting to comments by Orr, who said …": who said it is answered by
    whoever spoke last before, and answers nobody by these words.
    """
    for j, it in enumerate(context.statements):
        # "who" is all of the source, or the last part of "Orr […] who".
        if not it.source or context.text[slice(*it.source[-1])].lower() not in _RELATIVES:
            continue
        who = it.source[-1][0]
        start = max(context.sentences[j][0], who - _CLAUSE_REACH)
        if not _ANSWERING.search(context.text, start, who):
            continue
        before = (i for i in candidates(context, j) if i < j and resolved(context.statements[i]))
        last = max(before, default=None)
        if last is not None:
            spoke = context.statements[last]
            if overlap((context.before(j),), (*spoke.cue, *spoke.content)):
                yield last, j


#: What opens a clause that calls what stands before it a claim.
_OPENS_CLAUSE = re.compile(r"(?:[,(—–]|-)\s*\Z")
#: Words that such a clause has for it at most.
_CLAIM_WORDS = 4
#: Words that say of what is denied no more than that somebody said it.
_BARE = re.compile(
    r"(?:it|this|that|so)|(?:(?:the|this|that|these|those|any|such|all|both|all of the|his|her|its|"
    r"their)\s+)?(?:[\w’'-]+\s+){0,2}?(?:accusation|account|allegation|argument|assertion|"
    r"characteri[sz]ation|charge|claim|comment|criticism|demand|idea|notion|offer|plan|proposal|"
    r"remark|report|request|statement|story|suggestion|version)s?",
    re.IGNORECASE,
)


def denied_at_once(context: Context) -> Iterator[tuple[int, int | None]]:
    """Yield statements that deny what stands before them, with that where it is a statement.

    "…, a claim Western officials deny", "(which Vale disputes)": of those that the sentence tells
    before, the one that ends last is denied. "Vale denied the allegation": the accusation right
    before, in the same paragraph; of 138 such labelled articles have, 113 answer it.
    """
    for i, statement in enumerate(context.statements):
        if statement.act not in CONTRARY or not statement.cue:
            continue
        if _apposed(context, i):
            within = (context.sentences[i][0], statement.content[0][0])
            yield i, _last_within(context, i, within)
        elif _BARE.fullmatch(context.text, *statement.content[0]):
            last = _last_within(context, i, (context.before(i)[0], statement.cue[0][0]))
            if last is not None and context.statements[last].act in HOSTILE:
                yield i, last


def _apposed(context: Context, i: int) -> bool:
    """Tell whether what a statement denies is a few words that take up what they stand behind."""
    (start, end), *_ = context.statements[i].content
    few = len(context.text[start:end].split()) <= _CLAIM_WORDS and context.text[start].isalpha()
    opens = _OPENS_CLAUSE.search(context.text, context.sentences[i][0], start)
    return few and end <= context.statements[i].cue[0][0] and opens is not None


def _last_within(context: Context, i: int, within: Span) -> int | None:
    """Return the statement of somebody else that ends last in what of a part is one paragraph."""
    start, end = within
    begins = max(start, context.text.rfind("\n", 0, end) + 1)
    ends = ((context.statements[j].content[-1][1], j) for j in candidates(context, i))
    return max(((at, j) for at, j in ends if begins < at <= end), default=(0, None))[1]


#: What is answered though it is no statement: "recent comments from NATO leadership".
_NAMED = re.compile(
    r"\b(?:(?:[Rr]esponse|reply|[Rr]eacting|reaction|[Rr]esponding|replied|answer) to|"
    r"(?:[Cc]ommenting|comment|comments|[Ss]peaking|pressed) on|"
    r"(?:[Aa]sked|[Ss]peaking|[Qq]uestions|questioned|pressed) about|outrage over|anger over)\s+"
)
_NAMED_END = re.compile(
    r",|;|\.(?=\s|$)|\n|\s(?:who|which|said|says|and|as|but|after|before|while)\b|[“”\"]"
)
#: Cues whose content is what they react to: "condemned [the launch]", "dismissed [the claim] as …".
_REACTS = re.compile(
    r"\b(?:condemn|denounc|decr[iy]|deplor|dismiss|reject|oppos|critici[sz]|applaud|welcom|hail|prais|"
    r"den(?:y|ied|ies)|slam|blast|disput|rebuff|congratulat|protest|scoff|mock)\w*",
    re.IGNORECASE,
)
_NO_THING = re.compile(r"^[“\"'‘]|^(?:that|to|as|being|having|it|any)\b", re.IGNORECASE)
_THING_WORDS = 14
#: Words that name nothing by themselves, and quotation marks that open and close what does.
_ALONE = re.compile(r"(?:the|an?|his|her|its|their|this|that|these|those)?\s*", re.IGNORECASE)
_OPENS, _CLOSES = frozenset('“"'), re.compile('[”"]')


def named(context: Context, i: int) -> Spans:
    """Find the words for what a statement answers, where its sentence names it."""
    start, end = context.sentences[i]
    me = context.statements[i]
    for match in _NAMED.finditer(context.text, start, end):
        span = _thing(context.text, match.end(), end)
        # "In a reply to the Ledger" answers nothing: that is who tells of it.
        if span and _is_of(context.text[slice(*span)], context.outlet):
            continue
        if span and not overlap((span,), (*me.source, *me.content)):
            return (span,)
    return reacts_to(context, i)


def _is_of(words: str, outlet: str | None) -> bool:
    """Tell whether words are an outlet's name, or the end of it."""
    name = re.sub(r"^[Tt]he\s+", "", words)
    return bool(outlet) and name[:1].isupper() and f" {outlet}".endswith(f" {name}")


def reacts_to(context: Context, i: int) -> Spans:
    """Return what a statement condemns, dismisses or welcomes, where its content names a thing."""
    me = context.statements[i]
    cue = " ".join(context.text[a:b] for a, b in me.cue)
    start, end = me.content[0]
    if not _REACTS.search(cue) or _NO_THING.match(context.text[start:end]):
        return ()
    span = _thing(context.text, start, end)
    few = span and len(context.text[slice(*span)].split()) <= _THING_WORDS
    return (span,) if span and few else ()


def _thing(text: str, start: int, end: int) -> Span | None:
    """Cut out the words for a thing: up to what goes on behind it, but for a quotation in it.

    "the remarks [, who …]"; "the “so-called inspection” [as an attempt …]".
    """
    stop = _NAMED_END.search(text, start + 1, end)
    if stop and stop.group() in _OPENS and _ALONE.fullmatch(text, start, stop.start()):
        closed = _CLOSES.search(text, stop.end(), end)
        return (start, closed.end()) if closed else None
    last = start + len(text[start : stop.start() if stop else end].rstrip())
    return (start, last) if start < last and not _ALONE.fullmatch(text, start, last) else None
