"""Framings: the name that a statement gives to a thing.

Takes the statements of an article and gives `Framing`s: "describe [them] as [direct
intervention]", "portraying [it] as [preparation for …]", "calls [the plan] [“an invasion”]", "[All
this] is, of course, [an obvious plan for foreign military intervention]", quoted terms used as
names ("a “coalition of those who wish this”"). A pronoun is followed back to the thing that was
named last before it, in its sentence or the one before. Who does not call a thing so gives it no
name. Pure.

The one idea: a framing has three parts in the text, who names, what is named, and the name. Only
"what they call Y" names a thing by nothing but that; then the thing is left open, unless the words
stand in apposition to it ("the raid, what they call Y").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum

from rejoinder.model import Act, Article, Framing, Span, Spans, Statement
from rejoinder.text import BEGINS, SENTENCE, TITLES, covers, overlap, quotations

#: The dot of a title or of a letter, which ends nothing: "heralding Mr. Vale", "in the U.S. too";
#: and a dot that is none.
_TITLED = "(?:" + "|".join(rf"(?<=\b{title})" for title in (*TITLES, "[A-Z]")) + r")\."
_DOT = "".join(rf"(?<!\b{title})" for title in (*TITLES, "[A-Z]")) + r"\."
#: Where a sentence ends all the same behind a letter's dot: "in the U.S. They …", "in the U.S.”".
_LETTERED = rf"(?<=\b[A-Z]\.)(?=[”\"]|\s+{BEGINS})"
_DESCRIBE = re.compile(
    r"\b(?:(?:describ|characteri[sz]|defin|fram|interpret|depict|present|portray|paint|treat|view|"
    r"regard|brand|denounc|condemn|criticiz|criticis|decr|dismiss|hail|prais|slamm?|blast|labell?)"
    r"(?:e|es|ed|d|s|y?ing|ied|ies|y)?|cast|casts|casting|see|sees|saw|seen|"
    r"refer(?:s|red|ring)? to)\b",
    re.IGNORECASE,
)
_CALL = re.compile(
    r"\b(?:call|calls|called|calling|dub|dubs|dubbed|dubbing|term|terms|termed|labels|"
    r"labelled|labeled|brands|branded)\b",
    re.IGNORECASE,
)
#: "called on the fleet", "called out the fleet", "called off the vote" give no name.
_CALL_FOR = re.compile(r"\b(?:on|for|upon)\b|\bcall\w*\s(?:out|off)\b")
_NOT = (
    r"(?:\b(?:not|cannot|never|hardly)|n['’]t|\b(?:refus|declin)(?:e|es|ed|ing) to|"
    r"\bst(?:op|ops|opped|opping) short of)\b(?!\s+(?:just|only|merely|simply)\b)"
)
#: Somebody does not call it so: the cue says that, or what stands right before or behind it.
_DENIED = re.compile(_NOT, re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    _NOT + r"(?:\s+(?:to|be|been|ever|yet|even|once|quite|(?:seem|appear|want|wish)(?:s|ed)?|"
    r"go|went|so|far|as|\w+ly))*\s+$",
    re.IGNORECASE,
)
_DENIED_WITHIN = re.compile(rf"^\W*(?:{_NOT})|\b(?:not|never|hardly)$", re.IGNORECASE)
#: How far before a verb a word is looked for that denies it, in code points.
_DENIED_REACH = 40
#: "the plan to try the captain “a farce”": a name in quotation marks ends the thing, however long.
_QUOTED_NAME = re.compile(
    r"(?P<thing>(?:(?:the|this|that|these|those|its|his|her|their)\s|[A-Z])[\w’'\-]*(?:\s[\w’'\-]+){0,11}?)"
    r"\s+(?P<label>(?:an?\s)?[“\"][^”\"]+[”\"])"
)
_INSTEAD = re.compile(r"\s+(?:not\s+)?(?:instead|rather|merely|only|simply|both)\b")
#: What parts a thing from its name; "as well as", "such as", "as much as", "as if" do not.
_AS = re.compile(r"(?<!\bwell)(?<!\bsuch)(?<!\bmuch)\s+as\s+(?!(?:well|much|if)\b)")
#: "the raid [was widely seen]", "it[’s often described]": the verb is no part of the thing.
_PASSIVE = re.compile(
    r"(?:,\s+\w+,)?(?:\s+(?:has|have|had|will|would|can|could|may|might|must|should))?"
    r"(?:\s+(?:is|was|are|were|be|been|being)|(?<=\b[Ii]t)['’]s|(?<=hey)['’]re)\b(?:\s+\w+){0,2}?\s+"
    rf"(?:{_DESCRIBE.pattern}|{_CALL.pattern}).*$",
    re.IGNORECASE | re.DOTALL,
)
#: What hangs on to a thing behind it.
_LEFT_OVER = re.compile(r"(?:,|\s+(?:as|who|which|that))\s*$")
_IS = re.compile(
    r"^(?:that\s+)?[“\"'‘]?(?P<thing>[Aa]ll this|[Tt]his|[Tt]hat|[Ii]t|[Tt]hese|[Tt]hose)\s+"
    r"(?:is|was|are|were|amounts? to|constitutes?|represents?),?\s+"
    r"(?:(?:of course|in fact|clearly|simply|nothing but|really|indeed|actually)[, ]+)*"
    r"(?P<label>(?:an?|the|pure|sheer|nothing)\s(?:[^.;!?”\"]|" + _TITLED + r")+)"
)
#: "It was the chief of staff, …, who decided", "it is the raid that …" tell who or what did it.
_CLEFT = re.compile(
    rf"\W*it\s+(?:is|was)\s+the\s(?:(?:[^.;!?\n]|{_TITLED})*?,?\s+who\b|"
    rf"(?:[^.,;!?\n]|{_TITLED})*?\s+(?:that|which)\b)",
    re.IGNORECASE,
)
#: Whoever denies or rejects that something is so does not call it so.
_CONTRARY = frozenset({Act.DENY, Act.REJECT})
#: A framing that the wording alone makes unsure needs so much of the statement's own likelihood.
_UNSURE, _NAMING = 0.5, 0.2
#: How sure "what they call Y" is.
_OPEN = 0.9
_PRONOUN = re.compile(
    r"^(?:it|them|this|that|these|those|all this|him|her|he|she|they|both)$", re.IGNORECASE
)
#: Whether a pronoun is for several things, where it tells; and those for somebody, who is none.
_SEVERAL = {"it": False} | dict.fromkeys(("they", "them", "these", "those", "both"), True)
_PERSONAL = frozenset({"him", "her", "he", "she"})
#: What is cut out of a clause, and names nothing: "which Oslo", "that he sees", "this an", "the
#: seizure of", "a raid that he described". "That quake" does.
_NO_THING = re.compile(
    r"^(?:which|who|whom|whose|that(?!\s[\w’'-]+$))\b|^(?:this|last|next)\s(?:week|month|year)$"
    r"|(?:^|\s)(?:an?|the|this|that|these|those|its|their|his|her|our|my|your|some|any|no|every|each|"
    r"of|to|in|on|at|for|with|by|from|into|over|about|against|between|under|"
    r"(?:they|we|I|he|she|many|some|often|still|now)\s(?:see|view|call|regard|describe)s?)$"
    rf"|\b(?=(?:\w+ed|saw|seen)$)(?:{_DESCRIBE.pattern}|{_CALL.pattern})$",
    re.IGNORECASE,
)
#: Where a thing or a label ends.
_END = re.compile(
    r"(?:[,;:!?]|"
    + _DOT
    + rf")(?=\s|$|[”\"])|{_LETTERED}|\n|\s[–—]\s"
    + r"|\s(?:who|which|even|but|because|after|when|while)\b"
)
#: A quoted term that is used as a name: short, and no sentence.
_TERM = re.compile(
    r"\b(?:so-called|"
    r"what (?P<who>he|she|they|it|[A-Z]\w+) (?:has |have )?(?:described as|called|calls|termed))\s+"
    r"(?:an?\s|the\s)?(?P<label>[“\"][^”\"]{3,60}[”\"]|\w+(?:\s[A-Z]\w+){0,2})"
)
#: "[what Vale has repeatedly] called": all but the verb, which is the cue. What "we", "some" or
#: "one" call it is nobody's word.
_WHAT = re.compile(
    r"\b[Ww]hat\s+(?!(?:I|we|you|some|many|others|most|people|everyone|nobody|is|was|are|were|used|"
    r"has|have|had|happened|led|did|does)\b)(?!one\s+\Z)"
    rf"(?:(?!(?:when|before|after|while|who|that|to|could|would|did|does|wants?|said)\b)"
    rf"(?:(?:{'|'.join(TITLES)}|[A-Z])\.|[\w’'\-])+(?:\s+|\Z)){{1,12}}?\Z"
)
_CLOSED = re.compile(r"[.,]?[”\"]")
#: How far before its verb that begins, in code points, and what the verb may be.
_WHAT_REACH = 90
_SET_OFF = re.compile(r"\s*[,(—–]\s*\Z")
_CALLING = re.compile(
    r"(?:(?:(?:has|have|had|['’](?:ve|s|d))\s+)?(?:(?:\w+ly|once|also)\s+)?){0,2}"
    rf"(?:{_CALL.pattern}|{_DESCRIBE.pattern}(?=.{{0,4}}as\b))",
    re.IGNORECASE | re.DOTALL,
)
_AS_NAME = re.compile(r"(?:\s+as)?\s+(?=(?:an?|the|his|her|its|their|this)\s|[“\"‘'])")
#: Some outlets close a curly mark with a straight one: "“a load of nonsense\"".
_QUOTED = re.compile(r"(?:(?:an?|the)\s)?(?:“[^“”]+”|“[^“”\"]+\"|“[^”]+”|\"[^\"]+\")")
#: What another calls it, and what "we" do: "What my colleague calls [a seizure], we call [an
#: inspection]"; the report may stand between the two ("…," she said, "we …").
_OTHERS = re.compile(
    r"\b[Ww]hat (?:\w+ ){1,6}?(?:calls?|called|terms?|termed|describes? as|labels?) "
    r"(?P<thing>(?:an?|the) [\w’'-]+(?: [\w’'-]+){0,3}?|[“‘\"'][^”’\"']{3,60}[”’\"'])"
    r"(?:,[”\"]?(?:[^“\"\n]{0,80}[“\"])?)? ?"
    r"(?:we|I) (?:would |rather |just |simply )*(?:call|term|describe as|label) "
    r"(?P<label>(?:an?|the) (?:[^.,;!?”\"]|" + _TITLED + r"){3,60}|[“‘][^”’]{3,60}[”’])"
)
#: What stands before a thing that is called by the word of others.
_THEY_CALL = re.compile(
    r"\b[Ww]hat (?:\w+ ){1,6}?(?:calls?|called|terms?|termed|describes? as|labels?) $"
)
#: How far back a pronoun's thing is looked for, in code points.
_BACK = 400
_NOUN = re.compile(
    r"\b(?:(?:the|this|these|their|its|his|her|an?)\s+"
    r"(?:(?!as\b|of\b|and\b|for\b)[\w’'-]+\s+){0,3}|recent\s+)"
    r"(?:plans?|framing|comments?|remarks?|statements?|deal|agreement|proposals?|drills?|exercises?|"
    r"operations?|attacks?|strikes?|sanctions?|tariffs?|measures?|moves?|decisions?|law|bill|treaty|"
    r"programs?|programmes?|tests?|launch|launches|war|invasion|intervention|claims?|allegations?|"
    r"report|visit|talks|vote|election|referendum|killings?|actions?|policy|policies|guarantees|"
    r"deployment|presence|involvement|expulsions?|response|inquiry|investigation)\b",
    re.IGNORECASE,
)
#: Before and behind what only carries words: "slammed the law in [a written statement]".
_CARRIES = re.compile(r"\b(?:in|according to)\s+$", re.IGNORECASE)
_CARRIER = re.compile(r"(?:statement|report|comment|remark)s?$", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|this|these|its|their|his|her|an?|recent)\s+")


class Whose(Enum):
    """Whose word it is that a thing is called by where somebody gives it another name."""

    #: The report speaks of it so.
    REPORT = "report"
    #: Whoever gives it the other name, in words that are quoted.
    CALLER = "caller"
    #: Others, by the account of whoever gives it the other name.
    OTHERS = "others"
    #: Somebody else, whom the report quotes.
    QUOTED = "quoted"


def whose(text: str, thing: Spans, content: Spans) -> Whose:
    """Tell whose word for a thing its `Framing` points at.

    Args:
        text: Of the report.
        thing: Where that word stands.
        content: Of the statement that gives the other name.
    """
    if not thing:
        return Whose.REPORT
    start, end = thing[0][0], thing[-1][1]
    within = overlap(thing, content)
    if within and _THEY_CALL.search(text[max(0, start - _BACK) : start]):
        return Whose.OTHERS
    line = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    marked = quotations(text[line : stop if stop >= 0 else len(text)])
    if not overlap(tuple((a + line, b + line) for a, b in marked), thing):
        return Whose.REPORT
    return Whose.CALLER if within else Whose.QUOTED


def framings(article: Article, statements: Sequence[Statement]) -> tuple[Framing, ...]:
    """Find what the statements of an article call things, in reading order."""
    text = article.text
    out: dict[tuple[str, Span], Framing] = {}
    for statement in statements:
        for label, full in _only_so(text, statement):
            thing = (full,) if full else ()
            named = Framing(statement=statement.id, thing=thing, label=(label,), confidence=_OPEN)
            out[statement.id, label] = named
        for full, label, confidence in _pointed_at(text, statement, statements):
            unsure = confidence <= _UNSURE and statement.naming < _NAMING
            if full is None or overlap((full,), (label,)) or unsure:
                continue
            if _NO_THING.search(text[slice(*full)].strip("“”\"'’ ")):
                continue
            framing = Framing(
                statement=statement.id, thing=(full,), label=(label,), confidence=confidence
            )
            out.setdefault((statement.id, label), framing)
    return tuple(out.values())


def _pointed_at(
    text: str, statement: Statement, statements: Sequence[Statement]
) -> Iterator[tuple[Span | None, Span, float]]:
    """Yield what a statement calls things, pronouns followed back to the things."""
    for thing, label, confidence in _found(text, statement):
        yield _fullest(text, thing), label, confidence
    for thing, label in _is(text, statement):
        full = _fullest(text, thing)
        # What somebody says a thing is, is said of what he spoke of himself, or the report did.
        if full and (full == thing or not overlap((full,), _of_others(statement, statements))):
            yield full, label, 0.7


def _only_so(text: str, statement: Statement) -> Iterator[tuple[Span, Span | None]]:
    """Read "what Vale calls Y": the name, with the thing where that stands right before it.

    The verb is the statement's cue, or stands in what is said, of which "he" is the speaker.
    """
    for cue in statement.cue[:1]:
        start = max(0, text.rfind("\n", 0, cue[0]) + 1, cue[0] - _WHAT_REACH)
        what = _WHAT.search(text[start : cue[0]])
        verb = _CALLING.match(text, cue[0]) if what and not _denied(text, cue) else None
        name = _AS_NAME.match(text, verb.end()) if verb else None
        if what and name:
            said = (end for start, end in statement.content if start <= name.end() < end)
            last = next(said, None)
            if last is not None:
                label = _trimmed(text, (name.end(), min(last, name.end() + _BACK)))
                if label[0] < label[1]:
                    yield label, _apposed(text, start + what.start())
    for start, end in statement.content:
        for term in _TERM.finditer(text, start, end):
            if (term["who"] or "").islower() and term["label"][0] in '“"':
                yield term.span("label"), _apposed(text, term.start())


def _apposed(text: str, end: int) -> Span | None:
    """Return the thing that words stand in apposition to: "[the raid], what they call a farce"."""
    start = max(0, end - _WHAT_REACH)
    set_off = _SET_OFF.search(text, start, end)
    nouns = _NOUN.finditer(text, start, set_off.start()) if set_off else ()
    return next((n.span() for n in nouns if set_off and n.end() == set_off.start()), None)


def _of_others(statement: Statement, statements: Sequence[Statement]) -> Spans:
    """Return what is said by others than the speaker of a statement."""
    others = (other for other in statements if other.speaker != statement.speaker)
    return tuple(span for other in others for span in other.content)


def _denied(text: str, verb: Span) -> bool:
    """Tell whether a verb of naming, or what stands right before it, says that one does not."""
    before = text[max(0, verb[0] - _DENIED_REACH) : verb[0]]
    return bool(_DENIED.search(text, *verb) or _DENIED_BEFORE.search(before))


def _found(text: str, statement: Statement) -> Iterator[tuple[Span, Span, float]]:
    if statement.cue and _denied(text, statement.cue[0]):
        return
    content = (statement.content[0][0], statement.content[-1][1])
    cue = text[slice(*statement.cue[0])] if statement.cue else ""
    if _DESCRIBE.search(cue):
        yield from _as(text, (content[0], content[1]), 0.8)
        yield from _before_as(text, statement)
    if _CALL.search(cue) and not _CALL_FOR.search(cue):
        yield from _called(text, content)
    yield from _in_other_words(text, statement)
    for start, end in statement.content:
        for verb in _DESCRIBE.finditer(text, start, end):
            if not _denied(text, verb.span()):
                yield from _as(text, (verb.end() + 1, end), 0.5)
        for term in _TERM.finditer(text, start, end):
            thing = _head_of_clause(text, start, term.start())
            if thing:
                yield thing, term.span("label"), 0.5


def _is(text: str, statement: Statement) -> Iterator[tuple[Span, Span]]:
    """Read "It is a Y" where a stretch of what was said begins so."""
    if statement.act in _CONTRARY or (statement.cue and _denied(text, statement.cue[0])):
        return
    for start, end in statement.content:
        found = _IS.match(text[start : min(end, start + _BACK)])
        if found and not _CLEFT.match(text, start):
            label = _trimmed(text, (start + found.start("label"), start + found.end("label")))
            yield (start + found.start("thing"), start + found.end("thing")), label


def _in_other_words(text: str, statement: Statement) -> Iterator[tuple[Span, Span, float]]:
    """Read "What they call X, we call Y": both names lie in what was said."""
    for said in _OTHERS.finditer(text, statement.content[0][0], statement.content[-1][1]):
        parts = said.span("thing"), said.span("label")
        if covers(statement.content, parts):
            yield *parts, 0.8


def _as(text: str, span: Span, confidence: float) -> Iterator[tuple[Span, Span, float]]:
    """Split "X as Y"."""
    start, end = span[0], min(span[1], span[0] + _BACK)
    body = text[start:end]
    stop = re.search(r"(?:[;!?]|" + _DOT + r")\s|\n|" + _LETTERED, body)
    as_ = _AS.search(body[: stop.start() if stop else len(body)])
    if as_ is None or as_.start() == 0:
        return
    thing = _alone(text, (start, start + as_.start()))
    label = _trimmed(text, (start + as_.end(), end))
    if thing is None or text[thing[0] : thing[0] + 5].lower() == "what ":
        return
    if thing[0] < thing[1] and label[0] < label[1] and len(text[slice(*thing)].split()) <= 12:
        yield thing, label, confidence


def _alone(text: str, span: Span) -> Span | None:
    """Return a thing without its verb and what hangs on to it; None where it is not called so."""
    if _DENIED_WITHIN.search(text[slice(*span)]):
        return None
    body = text[slice(*span)]
    for end in (_INSTEAD, _PASSIVE, _LEFT_OVER):
        found = end.search(body)
        body = body[: found.start()] if found else body
    return span[0], span[0] + len(body)


def _before_as(text: str, statement: Statement) -> Iterator[tuple[Span, Span, float]]:
    """Read "the comments, described by X as Y": the content is the label of what stands before."""
    content = statement.content[-1]
    if re.match(r"^\s*as\s", text[content[0] : content[1]]):
        before = len(text[: statement.cue[0][0]].rstrip()) - 1
        set_off = text[max(0, before) : before + 1] == ","
        nouns = list(_NOUN.finditer(text, max(0, before - 120), before)) if set_off else []
        if nouns:
            start = content[0] + 3
            yield nouns[-1].span(), _trimmed(text, (start, content[1])), 0.6


def _called(text: str, span: Span) -> Iterator[tuple[Span, Span, float]]:
    """Split "X a Y" or "X “Y”" behind a verb of calling."""
    body = text[slice(*span)]
    found = _QUOTED_NAME.match(body) or re.match(
        r"^(?P<thing>(?:(?:the|this|that|these|those|its|his|her|their)\s[\w’' -]{2,50}?|"
        r"[A-Z][\w’' -]{1,40}?|it|them|this|that|him|her))\s+"
        r"(?P<label>(?:an?|the)\s(?:[^.;!?]|" + _TITLED + r")+|[“\"][^”\"]+[”\"])",
        body,
    )
    if found:
        label = _trimmed(text, (span[0] + found.start("label"), span[0] + found.end("label")))
        thing = _alone(text, (span[0], span[0] + found.end("thing")))
        if thing and thing[0] < thing[1]:
            yield thing, label, 0.7


def _trimmed(text: str, span: Span) -> Span:
    """Cut a label where the clause that holds it ends."""
    start, end = span
    mark = _QUOTED.match(text, start, end)
    if mark:
        return mark.span()
    stop = _END.search(text, start + 1, end)
    end = stop.start() if stop else end
    while end > start and text[end - 1] in ' ,”"':
        end -= 1
    # A name that ends within quotation marks ends with them: "a “complex crisis.”".
    open_ = text.count("“", start, end) > text.count("”", start, end)
    closed = _CLOSED.match(text, end) if open_ or text.count('"', start, end) % 2 else None
    return start, closed.end() if closed else end


def _head_of_clause(text: str, start: int, end: int) -> Span | None:
    """Return the noun phrase that a quoted term stands in apposition to or explains."""
    nouns = list(_NOUN.finditer(text, start, end))
    return nouns[-1].span() if nouns else None


def _fullest(text: str, thing: Span) -> Span | None:
    """Follow a pronoun back to the thing of its number that was named last before it.

    In its sentence; else it is the one thing that the sentence before it names, in its line. None
    where there is none, and where it stands for somebody; "this" and "that" may be of several.
    """
    pronoun = text[slice(*thing)].strip("“”\"'").lower()
    if not _PRONOUN.match(pronoun):
        return thing
    if pronoun in _PERSONAL:
        return None
    low = max(text.rfind("\n", 0, thing[0]) + 1, thing[0] - _BACK)
    ends = [low, low, *(m.end() for m in SENTENCE.finditer(text, low, thing[0]))]
    nouns = [
        n
        for n in _things(text, (ends[-2], thing[0]))
        if _SEVERAL.get(pronoun) in (None, n.group().endswith("s"))
    ]
    same = [n for n in nouns if n.start() >= ends[-1]]
    if same:
        return same[-1].span()
    distinct = {n.group().lower() for n in nouns}
    return nouns[-1].span() if len(distinct) == 1 else None


def _things(text: str, span: Span) -> Iterator[re.Match[str]]:
    """Yield the names of things in a span, but not of what only carries words."""
    for noun in _NOUN.finditer(text, *span):
        carries = _CARRIES.search(text[max(0, noun.start() - 16) : noun.start()])
        if not (carries and _CARRIER.search(noun.group())):
            yield noun


def by_thing(text: str, framings: Sequence[Framing]) -> dict[str, list[Framing]]:
    """Group framings that name the same words for their thing."""
    out: dict[str, list[Framing]] = {}
    for framing in framings:
        words = " ".join(text[a:b] for a, b in framing.thing).lower()
        out.setdefault(_DETERMINER.sub("", words), []).append(framing)
    return out
