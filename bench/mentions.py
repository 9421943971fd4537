"""Who is mentioned: `names` on CrossNER's test part, `chains` on documents of GUM held out.

Names are right when bounds and type are the annotated ones. Chains are those of people, the
mentions given: as resolution puts them together; beside it, by the likeliest antecedent that the
links of the encoder give each, before any rule; and by equal head words, what a program without a
model would do. On articles of PolNeAR's dev part, of which `people.jsonl` has the chains (by
article and character, without text), CoreNLP's stand beside ours: its mentions of people, and its
chains as that corpus has them.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bench.coreference import Chain, Counts, grouped, named_again
from bench.measures import Score, percent
from bench.report import Result, Row, Table
from bench.setting import Setting
from rejoinder.extract.mentions import link
from rejoinder.model import Article, Mention, MentionKind, Span
from rejoinder.phrases import PRONOUNS
from rejoinder.resolve.actors import Cast
from rejoinder.resolve.entities import Roster
from rejoinder.states import signs
from rejoinder.text import holds
from training.corpora import GUM_MEASURED, crossner, gum, gum_split
from training.data import Document

PEOPLE = Path(__file__).with_name("people.jsonl")
NAMES = ("person", "organisation", "place")


def names(setting: Setting) -> Result:
    """Measure names on sentences of political articles that nothing was trained on."""
    right, predicted, gold = ({kind: 0 for kind in NAMES} for _ in range(3))
    for document in crossner(setting.data, "test"):
        found = setting.extractor.extract(Article(id=document.id, text=document.text)).mentions
        mine = {(*m.span, m.type.value) for m in found if m.kind is MentionKind.NAME and m.type}
        theirs = set(document.names or ())
        for kind in NAMES:
            right[kind] += sum(n[2] == kind for n in mine & theirs)
            predicted[kind] += sum(n[2] == kind for n in mine)
            gold[kind] += sum(n[2] == kind for n in theirs)
    scores = {
        kind: Score(right=right[kind], predicted=predicted[kind], gold=gold[kind]) for kind in NAMES
    }
    every = Score(
        right=sum(right.values()), predicted=sum(predicted.values()), gold=sum(gold.values())
    )
    return Result(
        rows=[
            Row(
                what="entity F1 on CrossNER politics test",
                measured=every.f1,
                at_least=0.80,
                digits=3,
            )
        ],
        tables=[
            Table(
                title="Names by type",
                columns=("type", "P", "R", "F1", "gold"),
                rows=[(kind, *percent(score), f"{score.gold:,}") for kind, score in scores.items()],
            )
        ],
    )


def chains(setting: Setting) -> Result:
    """Measure chains of people in news and interviews of GUM that nothing was trained on."""
    held = {document.id for document in gum_split(setting.data)[1]}
    people = [
        d for d in gum(setting.data, *GUM_MEASURED, kinds=frozenset({"person"})) if d.id in held
    ]
    resolved, linked, same_words = Counts(), Counts(), Counts()
    for document in people:
        gold = _long([frozenset(chain) for chain in document.chains])
        kept = {m for chain in gold for m in chain}
        resolved.add(gold, _long(_resolved(setting, document, sorted(kept))))
        linked.add(gold, _long(_linked(setting, document, sorted(kept))))
        same_words.add(gold, _long(_by_words(document, kept)))
    ours, baseline = resolved.f1(), same_words.f1()
    rows, beside = _beside_corenlp(setting)
    return Result(
        rows=[
            Row(what="CoNLL F1 of people in GUM, held out", measured=ours["conll"], digits=3),
            Row(what="the same by equal head words", measured=baseline["conll"], digits=3),
            *rows,
        ],
        tables=[
            Table(
                title=f"Chains of people, {len(people)} documents: " + ", ".join(sorted(held)),
                columns=("by", "MUC", "B³", "CEAF-e", "CoNLL"),
                rows=[
                    (name, *(f"{100 * score:.1f}" for score in scores.values()))
                    for name, scores in (
                        ("resolution", ours),
                        ("links alone", linked.f1()),
                        ("equal head words", baseline),
                    )
                ],
            ),
            beside,
        ],
    )


def _beside_corenlp(setting: Setting) -> tuple[list[Row], Table]:
    """Measure chains of people in news beside CoreNLP's, on the same mentions."""
    with gzip.open(setting.data / "polnear" / "dev.jsonl.gz", "rt", encoding="utf8") as lines:
        articles = {article["id"]: article for article in map(json.loads, lines)}
    counts = {name: Counts() for name in ("resolution", "CoreNLP", "equal head words")}
    labelled = [json.loads(line) for line in PEOPLE.read_text("utf8").splitlines()]
    mentions = 0
    for one in labelled:
        article = articles[one["id"]]
        document = Document(id=one["id"], text=article["text"])
        spans = [(start, end) for start, end in one["mentions"]]
        gold = _long([frozenset(spans[n] for n in chain) for chain in one["chains"]])
        kept = [span for span in spans if any(span in chain for chain in gold)]
        mentions += len(kept)
        silver = named_again(kept, article["corenlp"]["coreference"], document.text)
        counts["resolution"].add(gold, _long(_resolved(setting, document, kept)))
        counts["CoreNLP"].add(gold, _long(silver))
        counts["equal head words"].add(gold, _long(_by_words(document, set(kept))))
    scores = {name: counted.f1() for name, counted in counts.items()}
    ahead = scores["resolution"]["conll"] - scores["CoreNLP"]["conll"]
    return [
        Row(
            what="CoNLL F1 of people in news, above that of CoreNLP's chains",
            measured=ahead,
            at_least=0,
            digits=3,
        ),
        Row(what="the same, ours", measured=scores["resolution"]["conll"], digits=3),
        Row(what="mentions in these", measured=mentions, digits=0),
    ], Table(
        title=f"Chains of people, {len(labelled)} articles of PolNeAR dev",
        columns=("by", "MUC", "B³", "CEAF-e", "CoNLL"),
        rows=[
            (name, *(f"{100 * score:.1f}" for score in found.values()))
            for name, found in scores.items()
        ],
    )


def _long(found: Sequence[Chain]) -> list[Chain]:
    """Leave out mentions that stand alone, as the CoNLL score does."""
    return [chain for chain in found if len(chain) > 1]


def _resolved(setting: Setting, document: Document, spans: Sequence[Span]) -> list[Chain]:
    """Let resolution say whom each mention means, in reading order."""
    article = Article(id=document.id, text=document.text)
    found = [m for m in setting.extractor.extract(article).mentions if m.kind is MentionKind.NAME]
    mentions = {m.span: replace(m, antecedents=()) for m in found}
    whole = {s: next((m.span for m in found if holds(m.span, s)), s) for s in spans}
    for span in whole.values():
        kind = MentionKind.PRONOUN if _pronoun(document, span) else MentionKind.PHRASE
        mentions.setdefault(span, Mention(span=span, head=span, kind=kind))
    ordered = sorted(mentions.values(), key=lambda m: (m.head, m.span))
    scan = setting.extractor.scan(article)
    if scan.links is None:  # a text without words
        return []
    bias = setting.extractor.link_distance
    ordered = link(ordered, scan.pieces, links=scan.links, bias=bias)
    cast = Cast(Roster(document.text, ordered, signs(document.text)))
    who = {span: cast.resolve(span, speaks=False) for span in sorted(set(whole.values()))}
    return grouped({s: id(who[w].entity) if who[w].entity else s for s, w in whole.items()})


def _pronoun(document: Document, span: Span) -> bool:
    return PRONOUNS.fullmatch(document.text, *span) is not None


def _linked(setting: Setting, document: Document, spans: Sequence[Span]) -> list[Chain]:
    """Tie each mention to its likeliest antecedent, where one is likelier than none."""
    scan = setting.extractor.scan(Article(id=document.id, text=document.text))
    mentions = [Mention(span=s, head=s, kind=MentionKind.PHRASE) for s in spans]
    if scan.links is None:  # a text without words
        return []
    bias = setting.extractor.link_distance
    linked = link(mentions, scan.pieces, links=scan.links, bias=bias)
    number = np.arange(len(spans))
    for i, mention in enumerate(linked):
        none = 1 - sum(chance for _, chance in mention.antecedents)
        if mention.antecedents and mention.antecedents[0][1] > none:
            number[i] = number[mention.antecedents[0][0]]
    return grouped({span: int(n) for span, n in zip(spans, number, strict=True)})


def _by_words(document: Document, spans: set[Span]) -> list[Chain]:
    return grouped({span: document.text[slice(*span)].lower() for span in spans})
