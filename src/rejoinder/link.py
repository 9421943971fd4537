"""Replies within an article: which statements answer another, and which one.

Takes the statements of an article with their speakers and gives `Reply`s. A pure function of
features that a person can read off the text (`alone`, `pair`): the wording that signals an answer,
the pair of acts, whether the target is the other's speaker, how many rare words the two share, how
far apart they stand. Their weights were learnt on annotated articles (`training/replies.py`); those
that come with the program stand in `link.json` beside this module, which `shipped` reads. Two
candidates that are as likely leave the link open.

The one idea: that a statement is an answer shows in itself and its sentence; what it answers shows
in the pair.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import log
from pathlib import Path
from typing import Any

from rejoinder import weights as learnt
from rejoinder.model import (
    REPLYING_REACH,
    Act,
    Actor,
    Article,
    How,
    Reply,
    ReplyType,
    Span,
    Spans,
    Statement,
)
from rejoinder.text import at, logistic, overlap, paragraphs, sentences, word_set

#: Wordings that say that something is answered; the cue's sentence is searched for them.
SIGNAL = re.compile(
    r"\b(?:in (?:response|reply|answer|reaction) to|in response|in reply|"
    r"respond(?:ed|ing|s)?(?: to)?|repl(?:ied|ying|ies)(?: to)?|react(?:ed|ing|s)?(?: to)?|"
    r"answer(?:ed|ing)?|retort(?:ed|s)?|"
    r"shot back|hit back|fired back|struck back|pushed back|countered|rebuff(?:ed|s)|rebutted|"
    r"dismiss(?:ed|es|ing)|reject(?:ed|s|ing)|den(?:ied|ies|y|ying)|disput(?:ed|es|e|ing)|"
    r"refut(?:ed|es|ing)|contradict(?:ed|s|ing)|"
    r"asked (?:about|whether|if)|when asked|commenting on|comment(?:ed)? on|"
    r"(?:this|that|the|such|his|her|their|its) "
    r"(?:framing|claim|claims|accusation|accusations|charge|charges|allegation|allegations|remark|remarks|comment|comments|statement|statements|criticism|report|"
    r"reports|announcement|warning|threat|decision|move|proposal|demand)|"
    r"for (?:its|his|her|their) part|meanwhile|however|in turn|also rejected|accusing)\b",
    re.IGNORECASE,
)
#: A statement is looked for answers to it over so many others, before and behind.
_REACH = 40
#: No more of a sentence than this is looked at, in code points before and behind the cue.
_SENTENCE_REACH = 400
#: Candidates nearer to each other than this are as likely.
_TIE = 0.005
_WORD = re.compile(r"[^\W\d_]{3,}")
#: No probability of answering one is taken to be below this.
_LEAST_CHANCE = 1e-4
_STOP = word_set(
    """
    the and that this with for from have has had was were are been will would could should not
    but his her its their they them she him who which what when where than then there also said
    says say told more most some any all about after before over into other one two out our you
    your
    """
)
_CONTRARY = frozenset({Act.DENY, Act.REJECT})
_HOSTILE = frozenset({Act.ACCUSE, Act.WARN})
#: What a reply does, by its act and that of what it answers.
_TYPES = {
    Act.DENY: ReplyType.DENIES,
    Act.REJECT: ReplyType.REJECTS,
    Act.CONCEDE: ReplyType.CONCEDES,
    Act.SUPPORT: ReplyType.SUPPORTS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each feature weighs, learnt; the last of each is the offset."""

    #: Of `alone`: is this statement an answer?
    alone: tuple[float, ...]
    #: Of `pair`: is it an answer to that one?
    pair: tuple[float, ...]
    #: The least probability of being an answer, and of being one and to that statement.
    answer: float
    link: float


@cache
def shipped() -> Weights:
    """Load the weights that come with the program.

    Raises:
        WeightsError: They cannot be read, or are not for these features.
    """

    def made(data: Any) -> Weights:
        return Weights(
            alone=learnt.numbers(data["alone"], len(ALONE) + 1),
            pair=learnt.numbers(data["pair"], len(PAIR) + 1),
            answer=float(data["answer"]),
            link=float(data["link"]),
        )

    return learnt.load(Path(__file__).with_suffix(".json"), made)


def replies(
    article: Article, statements: Sequence[Statement], weights: Weights
) -> tuple[Reply, ...]:
    """Tie the statements of an article that answer another to what they answer."""
    context = Context(article.text, statements, outlet=article.outlet)
    told = dict(said_to_answer(context))
    answered = {statements[j].id for j in told.values()}
    out = []
    for i, statement in enumerate(statements):
        answering = 1.0 if i in told else logistic(weights.alone, alone(context, i))
        if answering < weights.answer or answered & {statement.id, statement.inside}:
            continue
        if i in told:
            ranked = [(_SAID, -told[i])]
        else:
            scored = (
                (logistic(weights.pair, pair(context, i, j)), -j) for j in candidates(context, i)
            )
            ranked = sorted(scored, reverse=True)
        best = ranked[0] if ranked else (0.0, 0)
        tie = len(ranked) > 1 and best[0] - ranked[1][0] < _TIE
        linked = answering * best[0] >= weights.link and not tie
        answers = () if linked else named(context, i)
        to = statements[-best[1]] if linked else None
        out.append(
            Reply(
                reply=statement.id,
                to=to.id if to else None,
                type=reply_type(statement, to),
                answers=answers,
                signal=context.signals[i],
                confidence=round(answering * best[0] if linked else answering, 3),
            )
        )
    return _one_way(out)


def _one_way(made: Sequence[Reply]) -> tuple[Reply, ...]:
    """Leave out what would answer its own answer; of two such, the surer is one."""
    # Of two as sure as each other, the later.
    surety = {(r.reply, r.to): (r.confidence, n) for n, r in enumerate(made)}
    back = [surety.get((r.to or "", r.reply)) for r in made]
    return tuple(
        reply
        for reply, other in zip(made, back, strict=True)
        if other is None or surety[reply.reply, reply.to] > other
    )


#: How likely a link is that the report itself makes.
_SAID = 0.9
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
        before = (i for i in candidates(context, j) if i < j and _resolved(context.statements[i]))
        last = max(before, default=None)
        if last is not None:
            spoke = context.statements[last]
            if overlap((context.before(j),), (*spoke.cue, *spoke.content)):
                yield last, j


#: Acts that are aimed at whoever they answer.
_AIMED = frozenset({Act.DENY, Act.REJECT, Act.ACCUSE, Act.SUPPORT})


def aimed(statements: Sequence[Statement], replies: Sequence[Reply]) -> tuple[Statement, ...]:
    """Give a reply that names no target the speaker of what it answers, where its act has one."""
    known = {s.id: s for s in statements}
    to = {r.reply: known[r.to] for r in replies if r.to and _resolved(known[r.to])}
    return tuple(
        replace(s, target=to[s.id].speaker)
        if s.target is None and s.id in to and s.act in _AIMED
        else s
        for s in statements
    )


def _resolved(statement: Statement) -> bool:
    how = statement.resolution.how if statement.resolution else None
    return how is not How.UNRESOLVED


def reply_type(statement: Statement, to: Statement | None) -> ReplyType:
    """Tell what a reply does to what it answers, from the pair of acts."""
    hostile = to is not None and to.act in _HOSTILE
    if statement.act in _HOSTILE and hostile:
        return ReplyType.COUNTERS
    return _TYPES.get(statement.act, ReplyType.ANSWERS)


class Context:
    """What is looked up again and again about an article's statements."""

    def __init__(
        self, text: str, statements: Sequence[Statement], *, outlet: str | None = None
    ) -> None:
        self.text = text
        self.outlet = outlet
        self.statements = statements
        self._sentences = sentences(text)
        self._starts = [start for start, _ in paragraphs(text)]
        self.words = [frozenset(_rare(_said(text, s))) for s in statements]
        self._frequency = Counter(word for words in self.words for word in words)
        self.sentences = [self._sentence(self.statements[i].offset) for i in range(len(statements))]
        self.lowered = [text[a:b].lower() for a, b in self.sentences]
        self.paragraphs = [bisect_right(self._starts, s.content[0][0]) for s in statements]
        self._asked: dict[int, dict[int, float]] = {}
        self._spoken: dict[int, Counter[str]] = {}
        self.signals = [self._signal(i) for i in range(len(statements))]

    def asked_for(self, i: int, j: int) -> float:
        """Return by how much the encoder prefers `j` to others near that `i` could answer.

        Log probabilities against their mean; nought for what is further away than it learnt of.
        """
        if i not in self._asked:
            chances = dict(self.statements[i].replying)
            told = {
                k: log(max(_LEAST_CHANCE, chances.get(self.statements[k].cue, 0.0)))
                for k in candidates(self, i)
                if abs(self.statements[k].offset - self.statements[i].offset) < REPLYING_REACH
            }
            mean = sum(told.values()) / max(1, len(told))
            self._asked[i] = {k: odds - mean for k, odds in told.items()}
        return self._asked[i].get(j, 0.0)

    def spoken(self, i: int) -> Counter[str]:
        """Count the statements shortly before one, by the id of their speaker."""
        if i not in self._spoken:
            before = self.statements[max(0, i - _REACH) : i]
            self._spoken[i] = Counter(s.speaker.id for s in before if s.speaker)
        return self._spoken[i]

    def _sentence(self, offset: int) -> Span:
        """Return the sentence about an offset; of one without end, what is near."""
        start, end = self._sentences[at(self._sentences, offset)]
        return max(start, offset - _SENTENCE_REACH), min(end, offset + _SENTENCE_REACH)

    def _signal(self, i: int) -> Spans:
        """Find the wording in the cue's sentence, outside quotation, that says it is an answer."""
        start, end = self.sentences[i]
        content = self.statements[i].content
        for match in SIGNAL.finditer(self.text, start, end):
            if not overlap((match.span(),), content) or overlap(
                (match.span(),), self.statements[i].cue
            ):
                return (match.span(),)
        return ()

    def before(self, i: int) -> Span:
        """Return the sentence before that of a statement; its own where it is the first."""
        number = at(self._sentences, self.statements[i].offset)
        return self._sentence(self._sentences[max(0, number - 1)][0])

    def rarity(self, word: str) -> float:
        """Weigh a word by in how few statements it stands."""
        return log((1 + len(self.statements)) / self._frequency[word])


def _said(text: str, statement: Statement) -> str:
    return " ".join(text[a:b] for a, b in statement.content)


def _rare(words: str) -> Iterator[str]:
    for word in _WORD.findall(words.lower()):
        if word not in _STOP:
            yield word[:6]


def candidates(context: Context, i: int) -> Iterator[int]:
    """Yield the statements that a statement could answer: of other speakers, not about itself."""
    me = context.statements[i]
    low, high = max(0, i - _REACH), min(len(context.statements), i + _REACH)
    for j in range(low, high):
        other = context.statements[j]
        if j == i or other.inside == me.id or _same(me.speaker, other.speaker):
            continue
        yield j


def _same(a: Actor | None, b: Actor | None) -> bool:
    return a is not None and b is not None and a.id == b.id


#: What `alone` holds, in order.
ALONE = (
    "head", "signal", "signal in cue", "deny", "reject", "accuse", "support", "concede", "warn",
    "request", "has target", "target spoke before", "other side spoke before", "first",
    "reacts", "names what it answers",
)  # fmt: skip


def alone(context: Context, i: int) -> tuple[float, ...]:
    """Describe a statement by what makes it an answer."""
    me = context.statements[i]
    before = context.statements[max(0, i - _REACH) : i]
    signal = context.signals[i]
    odds = min(0.999, max(0.001, me.answering))
    return (
        log(odds / (1 - odds)),
        float(bool(signal)),
        float(bool(signal) and overlap(signal, me.cue)),
        *(float(me.act is act) for act in (Act.DENY, Act.REJECT, Act.ACCUSE, Act.SUPPORT)),
        *(float(me.act is act) for act in (Act.CONCEDE, Act.WARN, Act.REQUEST)),
        float(me.target is not None),
        float(any(_meets(me.target, s.speaker) for s in before)),
        float(any(_across(me.speaker, s.speaker) for s in before[-4:])),
        float(i == 0),
        float(bool(reacts_to(context, i))),
        float(bool(named(context, i))),
    )


#: What `pair` holds, in order.
PAIR = (
    "later", "gap in statements", "gap in paragraphs", "same sentence", "next", "target is speaker",
    "target is its side", "it aims at me", "sides differ", "shared rare words", "deny accuse",
    "reject request", "hostile pair", "contrary", "it is whole", "it is named in sentence",
    "only one of that speaker", "head", "asked for", "aimed at it",
)  # fmt: skip


def pair(context: Context, i: int, j: int) -> tuple[float, ...]:
    """Describe a pair of statements by what makes one the answer to the other."""
    me, it = context.statements[i], context.statements[j]
    gap = abs(i - j)
    shared = sum(context.rarity(word) for word in context.words[i] & context.words[j])
    sentence = context.lowered[i]
    name = it.speaker.name.lower().split()[-1:] if it.speaker else []
    odds = min(0.999, max(0.001, me.answering))
    return (
        float(j < i),
        log(gap),
        log(1 + abs(context.paragraphs[i] - context.paragraphs[j])),
        float(context.sentences[i] == context.sentences[j]),
        float(j == i - 1),
        float(_meets(me.target, it.speaker)),
        float(
            bool(me.target and it.speaker and me.target.side and me.target.side == it.speaker.side)
        ),
        float(_meets(it.target, me.speaker)),
        float(_across(me.speaker, it.speaker)),
        min(3.0, shared),
        float(me.act is Act.DENY and it.act is Act.ACCUSE),
        float(me.act is Act.REJECT and it.act in (Act.REQUEST, Act.PLEDGE)),
        float(me.act in _HOSTILE and it.act in _HOSTILE),
        float(me.act in _CONTRARY),
        float(it.inside is None),
        float(any(word in sentence for word in name)),
        float(it.speaker is not None and context.spoken(i)[it.speaker.id] == 1),
        log(odds / (1 - odds)),
        context.asked_for(i, j),
        sum(chance for actor, chance in me.aims if _meets(actor, it.speaker)),
    )


def _meets(target: Actor | None, speaker: Actor | None) -> bool:
    """Tell whether a target is a speaker, or the side that it speaks for."""
    if target is None or speaker is None:
        return False
    return target.id == speaker.id or (speaker.side is not None and target.name == speaker.side)


def _across(a: Actor | None, b: Actor | None) -> bool:
    return bool(a and b and a.side and b.side and a.side != b.side)


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
