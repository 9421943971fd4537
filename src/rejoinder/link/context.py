"""The statements of an article with what is looked up about them again and again.

Takes a text and its statements; tells sentences, signals, rare words, and which statements each
could answer. Nothing here judges.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from math import log

from rejoinder.model import REPLYING_REACH, Act, Actor, How, Span, Spans, Statement
from rejoinder.text import at, overlap, paragraphs, sentences, word_set

#: Acts that speak against what somebody said, and against somebody.
CONTRARY = frozenset({Act.DENY, Act.REJECT})
HOSTILE = frozenset({Act.ACCUSE, Act.WARN})
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
REACH = 40
#: No more of a sentence than this is looked at, in code points before and behind the cue.
_SENTENCE_REACH = 400
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
            before = self.statements[max(0, i - REACH) : i]
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
    low, high = max(0, i - REACH), min(len(context.statements), i + REACH)
    for j in range(low, high):
        other = context.statements[j]
        if j == i or other.inside == me.id or _same(me.speaker, other.speaker):
            continue
        yield j


def _same(a: Actor | None, b: Actor | None) -> bool:
    return a is not None and b is not None and a.id == b.id


def resolved(statement: Statement) -> bool:
    """Tell whether it is known who speaks."""
    how = statement.resolution.how if statement.resolution else None
    return how is not How.UNRESOLVED
