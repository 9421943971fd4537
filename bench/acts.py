"""What statements do: acts, modes and turns of labelled statements that nothing was trained on.

The labelled statements are those of the articles that training holds out: of PolNeAR and of our own
guide, and, apart, of the further articles of `training/labels-held.jsonl`. A label counts where the
reader finds its attribution.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.measures import pair
from bench.report import Result, Row
from bench.setting import Setting
from rejoinder.model import Attribution, Mode, Spans
from rejoinder.reading import parse_text
from training.corpora import LABELS_HELD, labelled, split_data
from training.data import Document, Example


def acts(setting: Setting) -> Result:
    """Measure acts, modes and being a reply on held-out labelled statements."""
    _, _, news, own = split_data(setting.data)
    further = labelled(setting.data, LABELS_HELD)
    return Result(
        rows=[
            *_rows(setting, news + own, what="labelled statements held out", at_least=0.82),
            *_rows(setting, further, what="statements of further labelled articles held out"),
        ]
    )


def _rows(
    setting: Setting, documents: list[Document], *, what: str, at_least: float | None = None
) -> list[Row]:
    right = modes = turns = labelled = met = 0
    for document in documents:
        examples = [e for e in document.readings[0] if e.acts]
        labelled += len(examples)
        for attribution, example in _met(setting, document, examples):
            met += 1
            right += attribution.act in example.acts
            modes += (attribution.mode is Mode.HELD) == bool(example.held)
            turns += (attribution.answering > 0.5) == bool(example.reply)
    shares = (
        (f"act, {what}", right / max(1, met), at_least),
        (f"mode, {what}", modes / max(1, met), None),
        (f"whether it answers something, {what}", turns / max(1, met), None),
    )
    return [
        *(Row(what=w, measured=m, at_least=least, digits=3) for w, m, least in shares),
        Row(what=what, measured=labelled, digits=0),
        Row(what=f"{what}: of these found", measured=met, digits=0),
    ]


def _met(
    setting: Setting, document: Document, examples: Sequence[Example]
) -> Iterator[tuple[Attribution, Example]]:
    """Yield what was found with the labelled statement that it meets."""
    found = setting.extractor.extract(parse_text(document.text, id=document.id)).attributions
    labelled = {_key(e): e for e in examples}
    gold = [
        Attribution(source=e.source, cue=e.cue, content=e.content) for e in document.readings[0]
    ]
    for attribution, match in zip(found, pair(found, gold), strict=True):
        example = labelled.get(_key(match)) if match else None
        if example is not None:
            yield attribution, example


def _key(part: Attribution | Example) -> tuple[Spans, Spans]:
    return part.cue, part.content
