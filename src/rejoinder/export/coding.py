"""What a coded sample says, as plain values, as lines for a terminal, and as labels to train on.

Takes the data of `rejoinder.coding`; works nothing out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from rejoinder.coding.agreement import Agreement
from rejoinder.coding.alpha import Alpha
from rejoinder.coding.gold import Gold, Label
from rejoinder.coding.interval import Estimate
from rejoinder.coding.results import Results, alpha_told, methods, share_told
from rejoinder.coding.sample import Sample
from rejoinder.export.json import as_object
from rejoinder.export.layout import count
from rejoinder.model import Reading, Spans, Statement

#: What is measured of the machine, as it is called.
MEASURES = (
    ("precision", "statements of the machine that a coder has too"),
    ("recall", "statements of the coders that the machine has too"),
    ("f1", "both in one"),
    ("act", "of those that both have: the same act"),
    ("speaker", "the same speaker"),
    ("target", "the same target"),
    ("whole", "all three the same"),
)
#: What is measured of two coders or more.
AGREEMENTS = (
    ("act", "α of acts"),
    ("speaker", "α of speakers"),
    ("target", "α of targets"),
    ("characters", "α of characters in statements"),
    ("statements", "F1 of statements"),
    ("words", "F1 of their characters"),
)


def sample_values(sample: Sample, done: Mapping[str, int]) -> Mapping[str, object]:
    """Return a sample as plain values, with how much of it each coder has done."""
    return {
        "name": sample.name,
        "passages": len(sample.units),
        "drawn_from": sample.drawn_from,
        "reports": sample.reports,
        "seed": sample.seed,
        "blind": sample.blind,
        "wanted": dict(sample.wanted),
        "drawn": sample.drawn,
        "who": sample.who,
        "done": {coder: done.get(coder, 0) for coder in sample.coders},
    }


def results_values(found: Results) -> Mapping[str, object]:
    """Return all that a coded sample says as plain values."""
    return {
        "sample": sample_values(found.sample, dict(found.done)),
        "coded": {
            "passages": found.units,
            "reports": found.reports,
            "statements": found.statements,
            "readers": list(found.readers),
        },
        "estimate": estimate_values(found),
        "confusion": found.confusion,
        "agreement": agreement_values(found),
        "methods": methods(found),
    }


def estimate_values(found: Results) -> Mapping[str, object]:
    """Return what the machine has right as plain values."""
    return {name: _share(getattr(found.measures, name)) for name, _ in MEASURES}


def agreement_values(found: Results) -> Mapping[str, object]:
    """Return how far coders agree as plain values."""
    return {
        "between": _agreement(found.between) if found.between else None,
        "with_machine": [_agreement(one) for one in found.with_machine],
    }


def _share(one: Estimate) -> Mapping[str, object]:
    return {
        "value": _rounded(one.value),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
        "hits": _rounded(one.hits),
        "of": _rounded(one.of),
        "reports": one.reports,
        "effective": _rounded(one.effective),
    }


def _alpha(one: Alpha) -> Mapping[str, object]:
    return {
        "value": _rounded(one.value),
        "low": _rounded(one.low),
        "high": _rounded(one.high),
        "units": one.units,
        "reports": one.reports,
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _agreement(told: Agreement) -> Mapping[str, object]:
    numbers = {name: getattr(told, name) for name, _ in AGREEMENTS}
    return {
        "coders": list(told.coders),
        "passages": told.units,
        "reports": told.reports,
        **{
            name: _alpha(one) if isinstance(one, Alpha) else _share(one)
            for name, one in numbers.items()
        },
    }


def estimate_lines(found: Results) -> Iterator[str]:
    """Yield what the machine has right, for people."""
    yield f"sample {found.sample.name}: {_done(found)}"
    for name, words in MEASURES:
        one: Estimate = getattr(found.measures, name)
        of = f"  {one.hits:g} of {one.of:g}" if one.value is not None else ""
        yield f"  {name:10} {share_told(one):20}{of:16}  {words}"
    yield from _confusion_lines(found.confusion)
    yield ""
    yield methods(found)


def _done(found: Results) -> str:
    each = ", ".join(f"{name} {done}" for name, done in found.done)
    return f"{found.units} of {count(len(found.sample.units), 'passage')} coded ({each})"


def _confusion_lines(table: Mapping[str, Mapping[str, int]]) -> Iterator[str]:
    columns = confusion_columns(table)
    if not columns:
        return
    yield ""
    yield f"  {'coder, machine →':18}" + "".join(f"{name[:8]:>9}" for name in columns)
    for mine, counts in table.items():
        yield f"  {mine:18}" + "".join(f"{counts.get(name, 0) or '·':>9}" for name in columns)


def confusion_columns(table: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    """Return the acts that the machine gives in a table."""
    return tuple(sorted({name for counts in table.values() for name in counts}))


def agreement_lines(found: Results) -> Iterator[str]:
    """Yield how far coders agree, for people."""
    yield f"sample {found.sample.name}: {_done(found)}"
    if not found.units:
        yield "  nothing is coded yet; `rejoinder code export` writes what is to be coded"
        return
    if found.between is None:
        yield "  one coder alone: nobody to agree with but the machine"
    for told in (*([found.between] if found.between else []), *found.with_machine):
        yield ""
        coded = f"{count(told.units, 'passage')} of {count(told.reports, 'report')}"
        yield f"  {' and '.join(told.coders)}: {coded}"
        for name, words in AGREEMENTS:
            yield f"    {words:32} {agreed_told(getattr(told, name))}"


def agreed_told(one: Alpha | Estimate) -> str:
    """Say an agreement with its interval, of whichever kind it is."""
    return alpha_told(one) if isinstance(one, Alpha) else share_told(one)


def gold_line(found: Gold) -> str:
    """Return what people say of a report as one line of JSON.

    It is the interchange format, with `gold` beside each statement; `labels` has the same in the
    form of the labelled statements that training reads (docs/labels.md).
    """
    reading = found.reading
    kept = Reading(
        article=reading.article,
        statements=tuple(label.statement for label in found.labels),
        weights=reading.weights,
    )
    values = dict(as_object(kept))
    listed = values["statements"]
    assert isinstance(listed, list)
    values["statements"] = [
        {**one, "gold": {"by": label.by, "who": list(label.who), "fields": list(label.fields)}}
        for one, label in zip(listed, found.labels, strict=True)
    ]
    told = {
        "id": reading.article.id,
        "text": reading.article.text,
        **values,
        "rejected": [_pairs(spans) for spans in found.rejected],
        "complete": _pairs(found.complete),
        "labels": _labels(reading, found.labels),
    }
    return json.dumps(told)


def _labels(reading: Reading, labels: Sequence[Label]) -> list[Mapping[str, object]]:
    there = {label.statement.id for label in labels}
    replies = {reply.reply: reply for reply in reading.replies}
    found: list[Mapping[str, object]] = []
    for label in labels:
        reply = replies.get(label.statement.id)
        to = reply.to if reply and reply.to in there else None
        answers = _pairs(reply.answers) if reply else []
        found.append({**_label(label.statement), "reply_to": to, "answers": answers})
    return found


def _label(statement: Statement) -> Mapping[str, object]:
    speaker, target = statement.speaker, statement.target
    return {
        "id": statement.id,
        "mode": statement.mode.value,
        "source": _pairs(statement.source),
        "cue": _pairs(statement.cue),
        "content": _pairs(statement.content),
        "act": statement.act.value,
        "speaker": speaker.name if speaker else None,
        "side": speaker.side if speaker else None,
        "target": target.name if target else None,
        "inside": statement.inside,
        "via": _pairs(statement.via),
        "occasion": _pairs(statement.occasion),
    }


def _pairs(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
