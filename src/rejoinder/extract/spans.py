"""Tags back to characters: piece ranges become the report's own words.

Takes what was found, in pieces, and gives `Attribution`s in code points of the article. Here ranges
take in the quotation mark that belongs to them and let go of furniture; parts that would overlap
are settled in favour of the cue, then the source; a quotation longer than any window is followed to
its closing mark. Nothing is judged here but form. The one idea: whatever the model says, the spans
that leave this module are in order, disjoint and not empty.
"""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from rejoinder.extract.chains import Range
from rejoinder.extract.confidence import log_odds, read_off
from rejoinder.extract.decode import ACTS, Found
from rejoinder.extract.encoder import Manifest
from rejoinder.extract.pieces import Pieces
from rejoinder.model import Article, Attribution, Mode, Span, Spans
from rejoinder.text import (
    SENTENCE,
    covers,
    end_of_word,
    length,
    logistic,
    normalise,
    overlap,
    touching,
)

#: What a quotation ends with when it closes.
_ENDS = "”»›’\"'“"
_OPENING, _CLOSING = "“„‟«‹‘", "”»›’"
#: Marks that may stand between the last word of a quotation and its closing mark.
_STOPS = tuple(",.;:!?…")
#: A dash that something else begins with; one that closes an aside belongs to it.
_DASH = re.compile(r"\s+(?:-+|[–—])$")
_ASIDE = re.compile(r"\s(?:-+|[–—])\s.*\s(?:-+|[–—])$", re.DOTALL)
_DOMAIN = re.compile(r"(?:\.[a-z]{2,6}\b)+")
#: How a phrase ends that lacks its noun.
_BROKEN_OFF = re.compile(
    r"(?:^|\s)(?:the|an?|at|in|on|of|to|by|with|for|from|during|his|her|its|their|this|that)$",
    re.IGNORECASE,
)
_GENITIVE = re.compile(r"['’]s\s+(?=\S)")
_LEADS_ON = re.compile(r"(?<=[\w”’\"]),?\s(?:and|but|or)\Z")
_PREPOSITION = re.compile(r"(?:during|at|in|on|after|following)\b", re.IGNORECASE)
#: What an occasion begins with, up to a few words before it.
_BEGINNING = re.compile(
    r"\b(?:during|at|in|on|after|following)\s(?:[\w’'-]+\s){0,4}\Z", re.IGNORECASE
)
_BEGINNING_REACH = 48
#: An attribution below this confidence is no statement where its content is, for the most part, one
#: that is surer than this.
_DOUBTFUL, _SURE, _MOST = 0.4, 0.6, 0.75
#: What somebody asks of the reporter, not of anybody in the report.
_UNNAMED = re.compile(
    r"[“\"]?(?:that (?:he|she|they) )?(?:not (?:to )?be|to not be|(?:to )?(?:remain|stay)) "
    r"(?:publicly )?(?:named|identified|quoted|anonymous|unnamed)\b"
    r"|anonymity(?=\W*\Z|\s(?:because|to|as|since|while|for fear|in order)\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:No(?:body| one|ne)?|Neither)\b(?!\.? ?\d| (?:fewer|less|more|other) than\b| Labels\b)"
)
_ARTICLE = re.compile(r"the|an?", re.IGNORECASE)
#: What is left hanging where a part is cut in two.
_WHITE = " \t\n\r\u00a0\u2028\u2029"
_LOOSE = ",;:–—-" + _WHITE


def to_attribution(
    article: Article,
    pieces: Pieces,
    found: Found,
    *,
    manifest: Manifest,
    quoted: Spans,
    cut: bool = False,
) -> Attribution | None:
    """Turn a find into an attribution; None where nothing readable is left of it.

    Neither a wish not to be named nor what nobody says is a statement.

    Args:
        article: Its text is what the spans will point into.
        pieces: Of the whole article.
        found: In pieces of the article.
        manifest: For confidence and mode.
        quoted: The article's quotations.
        cut: Whether the window ended before the content did.
    """
    text, article = article.text, _about(article, pieces, found)
    cue = _cut(text, _characters(text, pieces, (found.cue,)), article.furniture)
    # A heading is nobody's words, unless it is the whole of a statement ("Kremlin: …").
    holes = (*article.furniture, *(h for h in article.headings if not overlap((h,), cue)))
    source = _cut(text, _whole_words(text, pieces, found.source), (*holes, *cue))
    source = _near(text, source, cue)
    content = [_with_marks(text, span) for span in _characters(text, pieces, found.content)]
    content = [_whole(text, span, cue=cue, quoted=quoted) for span in content]
    if cut:
        content[-1] = content[-1][0], _closing(content[-1][1], quoted)
    kept = _cut(text, normalise(content), (*holes, *cue, *source))
    kept = tuple(span for span in kept if any(c.isalnum() for c in text[slice(*span)]))
    if not cue or not kept or _UNNAMED.match(text, *kept[0]):
        return None
    if source and _NOBODY.match(text, *source[0]):
        return None
    source = tuple(span for span in source if not _ARTICLE.fullmatch(text, *span))
    kept = _tidied(text, kept)
    occasion, via = (_role(article, pieces, ranges, cue=found.cue) for ranges in found.roles)
    # Who speaks is no setting of his own words, nor their carrier; "tweeted" names none.
    occasion = () if overlap(occasion, source) else _begun(text, occasion, holes=(*cue, *source))
    marked = tuple(_without_odd_mark(text, _with_marks(text, span)) for span in via)
    via = () if overlap(marked, (*cue, *source)) else _cut(text, marked, article.furniture)
    best = max(range(len(found.acts)), key=found.acts.__getitem__)
    return Attribution(
        source=source,
        cue=cue,
        content=kept,
        mode=Mode.HELD if found.held > manifest.held else Mode.SAID,
        confidence=confidence(found, manifest),
        act=ACTS[best],
        act_confidence=round(found.acts[best], 3),
        answering=round(logistic((found.turn[0],), ()), 3),
        naming=round(logistic((found.turn[1],), ()), 3),
        occasion=occasion,
        via=via,
        stands=_rounded(found.stands),
        aims=_aims(article, pieces, found),
    )


def _about(article: Article, pieces: Pieces, found: Found) -> Article:
    """Return an article with the furniture and headings on the lines of a find alone.

    Nothing that is taken into a find stands on others, and a long article has thousands.
    """
    ranges = (found.cue, *found.source, *found.content, *(r for role in found.roles for r in role))
    numbers = (*(n for first, end in ranges for n in (first, end - 1)), *(n for n, _ in found.aims))
    start, end = int(pieces.starts[min(numbers)]), int(pieces.ends[max(numbers)])
    last = article.text.find("\n", end)
    lines = (article.text.rfind("\n", 0, start) + 1, last if last >= 0 else len(article.text))
    furniture, headings = (
        tuple(spans[i] for i in touching(spans, lines))
        for spans in (article.furniture, article.headings)
    )
    return replace(article, furniture=furniture, headings=headings)


def confidence(found: Found, manifest: Manifest) -> float:
    """Return how sure it is that a find is right, to a thousandth."""
    return round(read_off(manifest.curve, log_odds(manifest.confidence, found.evidence)), 3)


def _begun(text: str, occasion: Spans, *, holes: Spans) -> Spans:
    """Begin an occasion with its preposition: "[at a joint press] conference with …"."""
    if not occasion or _PREPOSITION.match(text, occasion[0][0]):
        return occasion
    (start, end), *rest = occasion
    before = _BEGINNING.search(text, max(0, start - _BEGINNING_REACH), start)
    begun = (before.start(), end) if before else (start, end)
    return occasion if overlap((begun,), holes) else (begun, *rest)


def _near(text: str, source: Spans, cue: Spans) -> Spans:
    """Keep of a source in several sentences what stands in that of the piece nearest to the cue."""
    if len(source) < 2 or not cue:
        return source
    start, end = cue[0][0], cue[-1][1]
    nearest = min(source, key=lambda span: max(span[0] - end, start - span[1]))

    def apart(span: Span) -> bool:
        between = (min(span[1], nearest[1]), max(span[0], nearest[0]))
        return SENTENCE.search(text, *between) is not None

    return tuple(span for span in source if span == nearest or not apart(span))


def _rounded(stands: Sequence[float]) -> tuple[float, float, float]:
    nobody, american, another = (round(chance, 3) for chance in stands)
    return nobody, american, another


def _aims(article: Article, pieces: Pieces, found: Found) -> tuple[tuple[Span, float], ...]:
    """Put pieces that follow on each other together: a name is as likely as its pieces in sum."""
    runs: list[tuple[Range, float]] = []
    for piece, chance in found.aims:
        if runs and runs[-1][0][1] == piece:
            (first, _), before = runs.pop()
            runs.append(((first, piece + 1), before + chance))
        else:
            runs.append(((piece, piece + 1), chance))
    out: list[tuple[Span, float]] = []
    for run, chance in runs:
        spans = _cut(article.text, _characters(article.text, pieces, (run,)), article.furniture)
        out.extend((span, round(chance, 3)) for span in spans[:1])
    return tuple(out)


def _role(article: Article, pieces: Pieces, ranges: Sequence[Range], *, cue: Range) -> Spans:
    """Return the characters of a role: of several ranges the one that is nearest to the cue.

    A web address is taken whole; a phrase that breaks off before its noun ("at the") is none.
    """
    if not ranges:
        return ()
    nearest = min(ranges, key=lambda r: max(r[0] - cue[1], cue[0] - r[1]))
    spans = _cut(article.text, _characters(article.text, pieces, (nearest,)), article.furniture)
    if not spans:
        return ()
    *first, (start, end) = spans
    domain = _DOMAIN.match(article.text, end)
    end = domain.end() if domain else end
    return () if _BROKEN_OFF.search(article.text[start:end]) else (*first, (start, end))


def best(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """Drop what was found twice, in reading order.

    Of attributions whose cues overlap, or which give the same words as content, the surest stays.
    A doubtful one whose content is a sure one and hardly more tells how that came to be known ("…,
    Orr said, according to reports"): it is no statement of its own.
    """
    kept: list[Attribution] = []
    #: By where their contents begin, as all of it comes before what is doubtful.
    sure: list[Attribution] = []
    taken: set[int] = set()
    contents: set[Spans] = set()
    for attribution in sorted(attributions, key=lambda a: (-a.confidence, a.cue)):
        cue, content = {i for span in attribution.cue for i in range(*span)}, attribution.content
        if not taken.isdisjoint(cue) or content in contents:
            continue
        if attribution.confidence < _DOUBTFUL:
            start, end = (bisect_left(sure, at, key=_begins) for at in _ends(content))
            if any(_is_most_of(other, content) for other in sure[start:end]):
                continue
        taken |= cue
        contents.add(content)
        kept.append(attribution)
        if attribution.confidence >= _SURE:
            insort(sure, attribution, key=_begins)
    return tuple(sorted(kept, key=lambda a: a.cue))


def _begins(attribution: Attribution) -> int:
    return attribution.content[0][0]


def _ends(spans: Spans) -> Span:
    return spans[0][0], spans[-1][1]


def shared_out(kept: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Leave words that two have among their contents to the one whose cue is nearer.

    Of "“So,” Orr said. “No,” Vale said." one "No" is not Orr's too. What is reported within
    something reported is in both.
    """
    left = [list(a.content) for a in kept]
    claims = [(span, n) for n, a in enumerate(kept) for span in a.content]
    meeting: dict[_Claim, list[_Claim]] = defaultdict(list)
    for one, other in _meeting(sorted(claims)):
        if not _nested(kept[one[1]], kept[other[1]]):
            meeting[one].append(other)
            meeting[other].append(one)
    # The nearest first: what stays with it cannot be lost to one that loses its own.
    stays: set[_Claim] = set()
    for claim in sorted(claims, key=lambda claim: (_gap(claim[0], kept[claim[1]].cue), claim)):
        span, n = claim
        taken = any(other in stays and _mostly(span, other[0]) for other in meeting[claim])
        if taken and len(left[n]) > 1:
            left[n].remove(span)
        else:
            stays.add(claim)
    return tuple(
        a if len(parts) == len(a.content) else replace(a, content=tuple(parts))
        for a, parts in zip(kept, left, strict=True)
    )


_Claim = tuple[Span, int]


def _meeting(claims: Sequence[_Claim]) -> Iterator[tuple[_Claim, _Claim]]:
    """Yield the pairs of claims, which are in order, whose spans share a character."""
    for k, one in enumerate(claims):
        for other in islice(claims, k + 1, None):
            if other[0][0] >= one[0][1]:
                break
            yield one, other


def _nested(one: Attribution, other: Attribution) -> bool:
    """Tell whether either is the other's words about what a third says, or its own again."""
    same = one.cue == other.cue
    return same or overlap(one.cue, other.content) or overlap(other.cue, one.content)


def _mostly(span: Span, other: Span) -> bool:
    """Tell whether more than half of a span lies in another."""
    return 2 * (min(span[1], other[1]) - max(span[0], other[0])) > span[1] - span[0]


def _gap(span: Span, cue: Spans) -> int:
    """Return how far a span stands from the nearest word of a cue, in code points."""
    return min(max(a - span[1], span[0] - b) for a, b in cue)


def _is_most_of(sure: Attribution, content: Spans) -> bool:
    parts = normalise((*sure.source, *sure.cue, *sure.content))
    return covers(content, parts) and length(parts) >= _MOST * length(content)


def without(spans: Iterable[Span], holes: Iterable[Span]) -> Spans:
    """Cut `holes` out of `spans`."""
    left = list(spans)
    for a, b in holes:
        if a >= b:
            continue
        left = [
            piece
            for start, end in left
            for piece in ((start, min(end, a)), (max(start, b), end))
            if piece[0] < piece[1]
        ]
    return tuple(sorted(set(left)))


def _characters(text: str, pieces: Pieces, ranges: Iterable[Range]) -> Spans:
    """Return the characters of ranges, without white space around or stray marks before them.

    A comma behind a part stays: annotators disagree, and the model has learnt when it goes.
    """
    spans = normalise((int(pieces.starts[a]), int(pieces.ends[b - 1])) for a, b in ranges)
    trimmed = (_trim(text, span, before=_LOOSE, after=_WHITE) for span in spans)
    return tuple(span for span in trimmed if span)


def _whole_words(text: str, pieces: Pieces, ranges: Iterable[Range]) -> Spans:
    """Return the characters of ranges up to the ends of words, without a dash behind them.

    The dash that closes an aside ("Vale – a fisher –") stays.
    """
    spans = ((a, end_of_word(text, b)) for a, b in _characters(text, pieces, ranges))
    return tuple(
        (a, b if _ASIDE.search(text, a, b) else a + len(_DASH.sub("", text[a:b]))) for a, b in spans
    )


def _cut(text: str, spans: Spans, holes: Iterable[Span]) -> Spans:
    """Cut `holes` out, and the commas and white space that hang at the cuts."""
    left = without(spans, holes)
    tidied = (
        span if span in spans else _trim(text, span, before=_LOOSE, after=_LOOSE) for span in left
    )
    return tuple(span for span in tidied if span)


def _trim(text: str, span: Span, *, before: str, after: str) -> Span | None:
    """Take marks off the ends of a span; None where nothing is left."""
    body = text[slice(*span)]
    start = span[0] + len(body) - len(body.lstrip(before))
    end = span[1] - len(body) + len(body.rstrip(after))
    return (start, end) if start < end else None


def _closing(end: int, quoted: Spans) -> int:
    """Return where the quotation closes in which a span ends at `end`, else `end` itself."""
    return max((quoted[i][1] for i in touching(quoted, (end - 1, end))), default=end)


def _whole(text: str, span: Span, *, cue: Spans, quoted: Spans) -> Span:
    """Take in the rest of a quotation that is mostly or from its start within the span.

    Not one in which the cue stands too (its words are somebody else's), nor one that never closes.
    """
    start, end = span
    for a, b in (quoted[i] for i in touching(quoted, span)):
        if b <= start or end <= a or overlap(((a, b),), cue) or text[b - 1] not in _ENDS:
            continue
        if start <= a or 2 * (min(b, end) - max(a, start)) > b - a:
            start, end = min(start, a), max(end, b)
    return start, end


def _tidied(text: str, content: Spans) -> Spans:
    """Leave out what hangs over: the "’s" of the word before, the "and" that leads on to more."""
    (start, end), *rest = content
    begun = _GENITIVE.match(text, start, end)
    spans = [(begun.end() if begun else start, end), *rest]
    start, end = spans[-1]
    led = _LEADS_ON.search(text, start, end)
    spans[-1] = (start, led.start() if led else end)
    return tuple(spans) if all(a < b for a, b in spans) else content


def _with_marks(text: str, span: Span) -> Span:
    """Take in the quotation mark just outside a span whose partner is within.

    And the stop or comma before a closing mark: “We go,” he said.
    """
    start, end = span
    inside = text[start:end]
    odd = inside.count('"') % 2 == 1
    before = text[start - 1 : start]
    if (before == '"' and odd) or (before and before in _OPENING and _lacks_opening(inside)):
        return start - 1, end
    mark = end + (text[end : end + 1] in _STOPS)
    after = text[mark : mark + 1]
    if (after == '"' and odd) or (after and after in _CLOSING and _lacks_closing(inside)):
        return start, mark + 1
    return start, end


def _without_odd_mark(text: str, span: Span) -> Span:
    """Leave out a mark at an end of a span whose partner is not in it."""
    start, end = span
    inside = text[start:end]
    odd = inside.count('"') % 2 == 1
    hangs_on = inside[-1:] in _CLOSING and _lacks_opening(inside)
    if (odd and inside[-1:] == '"') or hangs_on or inside[-1:] in _OPENING:
        return _trim(text, (start, end - 1), before="", after=_LOOSE) or (start, start)
    if (odd and inside[:1] == '"') or (inside[:1] in _OPENING and _lacks_closing(inside)):
        return _trim(text, (start + 1, end), before=_LOOSE, after="") or (end, end)
    return span


def _lacks_opening(inside: str) -> bool:
    return sum(inside.count(c) for c in "”»›") > sum(inside.count(c) for c in "“„‟«‹")


def _lacks_closing(inside: str) -> bool:
    opened = sum(inside.count(c) for c in "“„‟«‹")
    if opened:
        return opened > sum(inside.count(c) for c in "”»›")
    return inside.startswith("‘")
