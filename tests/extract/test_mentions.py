"""Who is mentioned, once each, and what a mention most likely refers back to."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tokenizers import Tokenizer

from rejoinder.extract import Extractor
from rejoinder.extract.chains import Floats
from rejoinder.extract.decode import LINK, LINK_EDGES, WIDTHS, Projections
from rejoinder.extract.mentions import Links, gather, link
from rejoinder.extract.pieces import Pieces, split
from rejoinder.model import Article, Attribution, Mention, MentionKind, NameType, Span
from rejoinder.text import normalise, overlap

SEEDS = st.integers(0, 2**32 - 1)
#: Earlier mentions that a mention is compared with, and antecedents that are told.
REACH, MOST = 48, 5
NO_BIAS: Floats = np.zeros(len(LINK_EDGES) + 1, dtype=np.float32)


def spans(text: str, words: str) -> list[Span]:
    return [m.span() for m in re.finditer(rf"\b{words}\b", text)]


def said(text: str, source: str | None, target: str | None = None) -> Attribution:
    """Make an attribution of the words of its parts."""
    parts = [(spans(text, words)[0],) if words else () for words in (source, target)]
    aims = tuple((span, 0.9) for span in parts[1])
    cue = spans(text, "said")[0]
    return Attribution(source=parts[0], cue=(cue,), content=((cue[1], len(text)),), aims=aims)


#: A text with its names in stars, source and target of what is said in it, and what is mentioned:
#: kind, words, and the words it turns on where those are others.
GATHERED = [
    ("*Bo* said no", "Bo", None, ["name Bo"]),
    ("*Bo* said no", None, None, ["name Bo"]),
    ("he said no", "he", None, ["pronoun he"]),
    ("He said *Bo* saw her", "He", None, ["pronoun He", "name Bo", "pronoun her"]),
    ("the chief said no", "the chief", None, ["phrase the chief: chief"]),
    # A phrase that turns on a name is that name.
    ("the envoy *Bo* said no", "the envoy Bo", None, ["name Bo"]),
    ("aides of *Bo* said no", "aides of Bo", None, ["phrase aides of Bo: aides", "name Bo"]),
    ("his aide said no", "his aide", None, ["pronoun his", "phrase his aide: aide"]),
    ("*Bo* said to them all", "Bo", "them", ["name Bo", "pronoun them"]),
    ("*Bo* said to the old men no", "Bo", "the old men", ["name Bo", "phrase the old men: men"]),
    # A name that looks like a pronoun is a name.
    ("*They* said no", "They", None, ["name They"]),
    ("said no", None, None, []),
]


@pytest.mark.parametrize(("marked", "source", "target", "expected"), GATHERED)
def test_gathered(marked: str, source: str | None, target: str | None, expected: list[str]) -> None:
    text = marked.replace("*", "")
    names = [
        ((m.start() - 2 * i, m.end() - 2 * i - 2), NameType.PERSON)
        for i, m in enumerate(re.finditer(r"\*.+?\*", marked))
    ]
    attribution = said(text, source, target)
    found = gather(Article(id="a", text=text), names, [attribution, attribution])
    assert [shown(text, mention) for mention in found] == expected
    assert [m.type for m in found if m.kind is MentionKind.NAME] == [type_ for _, type_ in names]
    assert not any(m.type or m.antecedents for m in found if m.kind is not MentionKind.NAME)


def shown(text: str, mention: Mention) -> str:
    turning = "" if mention.head == mention.span else f": {text[slice(*mention.head)]}"
    return f"{mention.kind} {text[slice(*mention.span)]}{turning}"


def test_pronouns_in_furniture_are_nobody() -> None:
    text = "He read THEY WHO WON and she left"
    start = text.index("THEY")
    article = Article(id="a", text=text, furniture=((start, start + len("THEY WHO WON")),))
    assert [shown(text, m) for m in gather(article, [], [])] == ["pronoun He", "pronoun she"]


def test_thousands_of_mentions_are_soon_gathered() -> None:
    text = "Bo AD he " * 10_000
    names = [((n, n + 2), NameType.PERSON) for n in range(0, len(text), 9)]
    article = Article(id="a", text=text, furniture=tuple((n + 3, n + 5) for (n, _), _ in names))
    told = [Attribution(source=(span,), cue=(), content=()) for span, _ in names[::5]]
    begun = time.process_time()
    assert len(gather(article, names, told)) == 2 * len(names)
    assert time.process_time() - begun < 1.5


@given(
    st.lists(st.sampled_from(["Bo", "he", "who", "the", "men", "of", ",", "said"]), min_size=1),
    st.data(),
)
def test_what_is_gathered_is_in_order_and_once(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    names = [(span, NameType.PERSON) for span in spans(text, "Bo")]
    bound = st.integers(0, len(text))
    span = st.tuples(bound, bound).filter(lambda s: s[0] < s[1])
    attributions = data.draw(
        st.lists(
            st.builds(
                lambda source, target: Attribution(
                    source=(source,), cue=(), content=(), aims=target
                ),
                span,
                st.lists(st.tuples(span, st.floats(0, 1)), max_size=2).map(tuple),
            ),
            max_size=4,
        )
    )
    found = gather(Article(id="a", text=text), names, attributions)
    assert found == sorted(found, key=lambda m: (m.head, m.span))
    assert len({m.span for m in found}) == len(found)
    assert all(m.span[0] <= m.head[0] < m.head[1] <= m.span[1] for m in found)
    assert {span for span, _ in names} <= {m.span for m in found}
    assert gather(Article(id="a", text=text), names, [*attributions, *attributions]) == found


def mention(span: Span) -> Mention:
    return Mention(span=span, head=span, kind=MentionKind.PHRASE)


def quiet(pieces: Pieces) -> Links:
    """Return links in which nothing refers to anything, by far."""
    nothing = np.zeros((len(pieces), LINK), dtype=np.float32)
    fresh = np.full((len(pieces), 1), 9, dtype=np.float32)
    return Links(anaphor=nothing, antecedent=nothing.copy(), fresh=fresh)


def tie(links: Links, later: int, earlier: int, *, number: int = 0, score: float = 18) -> None:
    """Let one piece refer to an earlier one, in a direction of its own."""
    links.anaphor[later, number] = LINK**0.5
    links.antecedent[earlier, number] = score


def test_the_likeliest_antecedent_comes_first(tokenizer: Tokenizer) -> None:
    text = "Bo la Ann la “"
    pieces = split(tokenizer, text)
    mentions = [mention((int(pieces.starts[i]), int(pieces.ends[i]))) for i in (0, 2, 4)]
    links = quiet(pieces)
    links.fresh[4] = 0
    tie(links, 4, 0, number=0, score=4)
    tie(links, 4, 2, number=1, score=3)
    first, second, third = link(mentions, pieces, links=links, bias=NO_BIAS)
    assert (first, second) == tuple(mentions[:2])
    likelier, likely = np.exp([4, 3]) / np.exp([4, 3, 0]).sum()
    assert third.antecedents == ((0, round(likelier, 3)), (1, round(likely, 3)))


def test_what_refers_to_nothing_has_no_antecedents(tokenizer: Tokenizer) -> None:
    text = "Bo la Ann"
    pieces = split(tokenizer, text)
    mentions = [mention((0, 2)), mention((6, 9))]
    assert link(mentions, pieces, links=quiet(pieces), bias=NO_BIAS) == mentions


def test_a_mention_is_what_its_pieces_are_in_the_mean(tokenizer: Tokenizer) -> None:
    text = "Bo x Ann la"
    pieces = split(tokenizer, text)
    mentions = [mention((0, 2)), mention((5, 11))]
    links = quiet(pieces)
    links.fresh[2:4, 0] = [1, 3]
    tie(links, 2, 0, score=4)
    _, later = link(mentions, pieces, links=links, bias=NO_BIAS)
    assert later.antecedents == ((0, 0.5),)


def test_distance_is_told_in_pieces(tokenizer: Tokenizer) -> None:
    text = "Bo " + "la " * 39 + "Ann"
    pieces = split(tokenizer, text)
    mentions = [mention((0, 2)), mention((len(text) - 3, len(text)))]
    links = quiet(pieces)
    links.fresh[:] = 0
    bias = np.full(len(LINK_EDGES) + 1, -99, dtype=np.float32)
    bias[LINK_EDGES.index(64)] = 0
    (_, later) = link(mentions, pieces, links=links, bias=bias)
    assert later.antecedents == ((0, 0.5),)


@pytest.mark.parametrize(("between", "reached"), [(0, True), (REACH - 1, True), (REACH, False)])
def test_a_mention_reaches_back_over_so_many(
    tokenizer: Tokenizer, between: int, reached: bool
) -> None:
    text = "la " * (between + 2)
    pieces = split(tokenizer, text)
    mentions = [mention(span) for span in spans(text, "la")]
    links = quiet(pieces)
    tie(links, between + 1, 0)
    last = link(mentions, pieces, links=links, bias=NO_BIAS)[-1]
    assert (last.antecedents == ((0, 1.0),)) is reached


def test_what_was_not_read_is_linked_to_nothing(tokenizer: Tokenizer) -> None:
    text = "Bo AD Ann"
    pieces = split(tokenizer, text, skip=((3, 5),))
    mentions = [mention((0, 2)), mention((3, 5)), mention((6, 9))]
    links = quiet(pieces)
    tie(links, 1, 0)
    found = link(mentions, pieces, links=links, bias=NO_BIAS)
    assert [m.antecedents for m in found] == [(), (), ((0, 1.0),)]
    assert link(mentions[1:2], pieces, links=links, bias=NO_BIAS) == mentions[1:2]
    assert link([], pieces, links=links, bias=NO_BIAS) == []


def make_links(random: np.random.Generator, count: int) -> Links:
    def rows(width: int) -> Floats:
        made: Floats = random.normal(scale=2, size=(count, width)).astype(np.float32)
        return made

    return Links(anaphor=rows(LINK), antecedent=rows(LINK), fresh=rows(1))


def plain_chances(
    links: Links, bias: Floats, ranges: list[tuple[int, int]], number: int
) -> list[float]:
    """Weigh the antecedents of a mention as the doc of the module says, one at a time."""
    a, b = ranges[number]
    asks = links.anaphor[a:b].mean(axis=0)
    scores = [float(links.fresh[a:b].mean())]
    for first, last in ranges[max(0, number - REACH) : number]:
        bucket = sum(edge < a - first for edge in LINK_EDGES)
        answer = float(links.antecedent[first:last].mean(axis=0) @ asks)
        scores.append(answer / LINK**0.5 + float(bias[bucket]))
    powers = [np.exp(score - max(scores)) for score in scores]
    return [float(power / sum(powers)) for power in powers[1:]]


@given(SEEDS, st.lists(st.tuples(st.integers(0, 99), st.integers(1, 3)), max_size=70))
def test_chances_are_those_of_the_plain_sum(
    tokenizer: Tokenizer, seed: int, at: list[tuple[int, int]]
) -> None:
    random = np.random.default_rng(seed)
    pieces = split(tokenizer, "la " * 102)
    ranges = sorted((first, first + length) for first, length in at)
    mentions = [mention((int(pieces.starts[a]), int(pieces.ends[b - 1]))) for a, b in ranges]
    links = make_links(random, len(pieces))
    bias = random.normal(size=len(NO_BIAS)).astype(np.float32)
    found = link(mentions, pieces, links=links, bias=bias)
    check(found)
    for number, one in enumerate(found):
        low = max(0, number - REACH)
        chances = plain_chances(links, bias, ranges, number)
        for earlier, chance in one.antecedents:
            assert chance == pytest.approx(chances[earlier - low], abs=2e-3)
        told = sorted((chances[n - low] for n, _ in one.antecedents), reverse=True)
        best = [c for c in sorted(chances, reverse=True)[:MOST] if c > 0.021]
        assert told[: len(best)] == pytest.approx(best, abs=2e-3)


def check(mentions: list[Mention] | tuple[Mention, ...]) -> None:
    """Check what holds of the antecedents of any mentions."""
    for number, one in enumerate(mentions):
        numbers = [earlier for earlier, _ in one.antecedents]
        chances = [chance for _, chance in one.antecedents]
        assert len(set(numbers)) == len(numbers) <= MOST
        assert all(max(0, number - REACH) <= earlier < number for earlier in numbers)
        assert all(0.02 <= chance <= 1 for chance in chances)
        assert all(a >= b for a, b in pairwise(chances))
        # Each is rounded to three digits.
        assert sum(chances) <= 1 + MOST * 0.0005


def test_parts_that_follow_on_each_other_are_put_together() -> None:
    rows = np.arange(7 * sum(WIDTHS.values()), dtype=np.float32).reshape(7, -1)
    whole = Projections.split(rows)
    parts = [
        Links.join([(Projections.split(rows[:4]), 0, 3), (Projections.split(rows[2:6]), 1, 3)]),
        Links.join([(Projections.split(rows[3:]), 2, 4)]),
    ]
    joined = Links.stack(parts)
    for name in ("anaphor", "antecedent", "fresh"):
        np.testing.assert_array_equal(getattr(joined, name), getattr(whole, name))


@settings(max_examples=20)
@given(
    text=st.lists(st.sampled_from(["Bo", "he", "la", "who", "said", "“la”", "\n", "."])).map(
        " ".join
    ),
    data=st.data(),
)
def test_mentions_of_any_text_are_out_of_furniture(
    noise: Extractor, text: str, data: st.DataObject
) -> None:
    bound = st.integers(0, len(text))
    furniture = normalise(data.draw(st.lists(st.tuples(bound, bound), max_size=2)))
    found = noise.extract(Article(id="a", text=text, furniture=furniture)).mentions
    check(found)
    assert list(found) == sorted(found, key=lambda m: (m.head, m.span))
    for one in found:
        assert one.span[0] <= one.head[0] < one.head[1] <= one.span[1] <= len(text)
        assert not overlap((one.span,), furniture)


def test_names_and_pronouns_are_found_with_their_attributions(oracle: Extractor) -> None:
    text = "Bo said “la.” la said he. Ann hopes “no.”"
    found = oracle.extract(Article(id="a", text=text)).mentions
    assert [shown(text, m) for m in found] == ["name Bo", "pronoun he", "name Ann"]
    assert [m.type for m in found] == [NameType.PERSON, None, NameType.PERSON]
