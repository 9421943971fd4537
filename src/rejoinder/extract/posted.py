"""Posts among what is found: each is a statement of whoever signs it.

Takes the posts of an article, the names and attributions that the encoder found, and what judges
acts by words alone; gives names and attributions with the posts among them. The encoder, which has
learnt of reporting words, hardly ever sees who speaks where there are none. The one idea: within a
post nothing changes but that it has an author; what was found in it is reported by him.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from rejoinder.model import Act, Article, Attribution, Mode, NameType, Span, Spans
from rejoinder.posts import Post, posts
from rejoinder.text import covers, length, overlap, quotations, sentences, touching
from rejoinder.turns import turns

#: Of 100 posts drawn at random all have their author, and so many all of their words: of one in
#: several paragraphs the signature ends but the last. Of 70 turns drawn at random 64 are right by
#: half in every part, which is no other share; the others are lists (of states, of polls).
_CONFIDENCE = 0.93
#: Of 65 turns that are one question so many ask for information, which is to assert. By their words
#: alone 23 would accuse, warn or request, and 5 of them do.
_ASKED = 0.92
#: What is so much of a post is no second statement, but the post.
_MOST = 0.8
#: What of a signature may stand before and behind the name that the encoder finds in it.
_ARTICLE = re.compile(r"[Tt]he\s")
_YOUNGER = re.compile(r",?\s(?:Jr|Sr|II|III|IV)\b\.?")
_WORD = re.compile(r"[^\W\d_]{2,}")
#: Words that a sentence begins with and that name nobody.
_NO_NAMES = frozenset({"He", "She", "They", "It", "The", "His", "Her"})

#: A name with what it is taken for.
Named = tuple[Span, NameType]


def shown(article: Article) -> tuple[Post, ...]:
    """Return the posts of an article that stand apart from its furniture."""
    return tuple(
        post
        for post in posts(article.text)
        if not overlap((post.content, post.signature), article.furniture)
    )


def with_authors(text: str, found: Sequence[Post], names: Sequence[Named]) -> list[Named]:
    """Put the names in signatures among those that were found; a person's is left as it is.

    What was taken for a part of a body's name ("CNN" of "CNN Politics"), or for none, is the whole.
    """
    if not found:
        return list(names)
    types = {text[a:b]: kind for (a, b), kind in names}
    authors = [post.author for post in found]
    about: defaultdict[int, list[Named]] = defaultdict(list)
    for name in names:
        for number in touching(authors, name[0]):
            about[number].append(name)
    gone: set[Named] = set()
    signed: list[Named] = []
    for number, post in enumerate(found):
        inside = about[number]
        if post.taken_for is not None:
            if _told(text, post.author, inside):
                continue
            words = text[slice(*post.author)]
            younger = [s for s, _ in inside if _YOUNGER.fullmatch(text, s[1], post.author[1])]
            kind = NameType.PERSON if younger else types.get(words, post.taken_for)
            signed.append((post.author, kind))
        gone.update(inside)
    return sorted([*(name for name in names if name not in gone), *signed])


def _told(text: str, author: Span, inside: Sequence[Named]) -> bool:
    """Tell whether the names found in a signature say who it is."""
    return any(
        span == author
        or (kind is NameType.PERSON and not _YOUNGER.match(text, span[1], author[1]))
        or (span[1] == author[1] and _ARTICLE.fullmatch(text, author[0], span[0]) is not None)
        for span, kind in inside
    )


def with_posts(
    found: Sequence[Post],
    attributions: Iterable[Attribution],
    *,
    text: str,
    judge: Callable[[Span], tuple[Act, float]],
) -> tuple[Attribution, ...]:
    """Put posts among attributions, in reading order.

    An attribution from outside that has a post's words for its content is the post's ("Vale
    tweeted:"), unless it names somebody else, whom the post quotes; what is found within a post
    stays within it.

    Args:
        found: The posts.
        attributions: What was found in the same article.
        text: The article's.
        judge: What tells an act, and how sure it is, by words alone.
    """
    kept = list(attributions)
    signed: list[Attribution] = []
    asked = _questions(text)
    for post in found:
        judged = (Act.ASSERT, _ASKED) if post.content in asked else judge(post.content)
        told = _whole(post, judged)
        near: list[Attribution] = []
        far: list[Attribution] = []
        for a in kept:
            whole = (*a.source, *a.cue, *a.content)
            (near if overlap(whole, (post.whole,)) else far).append(a)
        others = [a for a in near if _quoted(text, a, post)]
        free = [a for a in near if a not in others]
        claims = [a for a in free if _claims(a, post)]
        mine = [a for a in claims if _names(text, a.source, post.author)]
        apart = [rest for a in free if a not in claims for rest in _apart(a, post, text=text)]
        kept = far + others + apart
        best = max(mine, key=lambda a: length(_within(a.content, post.content)), default=None)
        signed.append(_introduced(told, best, post=post) if best else told)
    return tuple(sorted((*kept, *signed), key=lambda a: (a.cue or a.content)[0]))


def _questions(text: str) -> frozenset[Span]:
    """Return the turns that are one question: who is asked of a charge has not made it.

    In a post, a question is mostly no question.
    """
    said = ((turn.content, text[slice(*turn.content)].rstrip()) for turn in turns(text))
    return frozenset(c for c, words in said if words.endswith("?") and len(sentences(words)) == 1)


def _within(spans: Spans, bounds: Span) -> Spans:
    """Return what of some spans lies within bounds."""
    cut = ((max(start, bounds[0]), min(end, bounds[1])) for start, end in spans)
    return tuple((start, end) for start, end in cut if start < end)


def _claims(attribution: Attribution, post: Post) -> bool:
    """Tell whether an attribution is of a post: from outside, or by the name in its signature."""
    said = length(_within(attribution.content, post.content))
    if covers((post.content,), attribution.cue):
        by_author = overlap(attribution.source, (post.signature,))
        return by_author and said >= _MOST * length((post.content,))
    return said >= _MOST * length(attribution.content)


def _names(text: str, source: Spans, author: Span) -> bool:
    """Tell whether a source can be the author: by a word of his name, or where it has no name."""
    words = {word for span in source for word in _WORD.findall(text, *span)}
    capital = any(word[0].isupper() and word not in _NO_NAMES for word in words)
    return not capital or not words.isdisjoint(_WORD.findall(text, *author))


def _quoted(text: str, attribution: Attribution, post: Post) -> bool:
    """Tell whether what an attribution from outside has of a post is what that quotes of others."""
    start, end = post.content
    said = _within(attribution.content, post.content)
    own = _names(text, attribution.source, post.author)
    if not said or own or overlap((*attribution.content, *attribution.cue), (post.signature,)):
        return False
    marks = tuple((start + a, start + b) for a, b in quotations(text[start:end]))
    return covers(marks, said) and not overlap(attribution.cue, (post.content,))


def _apart(attribution: Attribution, post: Post, *, text: str) -> Iterator[Attribution]:
    """Yield an attribution without what crosses the bounds of a post; nothing may be left of it."""
    if overlap(attribution.cue, (post.signature,)):
        return
    begin, end = post.whole
    if not overlap(attribution.content, (post.whole,)):
        yield attribution
        return
    inside = covers((post.content,), attribution.cue)
    bounds = (post.content,) if inside else ((0, begin), (end, len(text)))
    cut = (span for bound in bounds for span in _within(attribution.content, bound))
    content = tuple(_bare(text, span) for span in cut if _says(text[slice(*span)]))
    if content:
        yield replace(attribution, content=content)


def _says(words: str) -> bool:
    return any(c.isalnum() for c in words)


def _bare(text: str, span: Span) -> Span:
    """Return a span, which is not all white space, without that at its ends."""
    words = text[slice(*span)]
    return span[1] - len(words.lstrip()), span[0] + len(words.rstrip())


def _whole(post: Post, judged: tuple[Act, float]) -> Attribution:
    """Make the attribution of a post to its author."""
    act, surety = judged
    return Attribution(
        source=(post.author,),
        cue=(),
        content=(post.content,),
        mode=Mode.SAID,
        confidence=_CONFIDENCE,
        act=act,
        act_confidence=round(surety, 3),
    )


def _introduced(told: Attribution, by: Attribution, *, post: Post) -> Attribution:
    """Add to the attribution of a post what words before it say: "Vale tweeted:"."""
    taken = (post.content, post.signature)
    most = length(_within(by.content, post.content)) >= _MOST * length((post.content,))
    return replace(
        by,
        source=told.source,
        cue=() if overlap(by.cue, taken) else by.cue,
        content=told.content,
        mode=told.mode,
        confidence=told.confidence,
        act=by.act if most else told.act,
        act_confidence=by.act_confidence if most else told.act_confidence,
        occasion=() if overlap(by.occasion, taken) else by.occasion,
        via=() if overlap(by.via, taken) else by.via,
    )
