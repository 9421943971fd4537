"""One reading as one line of JSON, in the project's interchange format.

It takes a `Reading` and gives the object that every other program builds on: the names are fixed,
fields may be added. What the report does not tell is null or empty, never guessed.

`whole_line` gives what a record holds, with nothing left out or rounded: `parse` makes the same of
it again.

The one idea: the line is plain ASCII, with everything else escaped. It survives any locale, holds
no character that some program takes for a line break, and can carry even the half characters that
broken pages contain.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace

from rejoinder import states
from rejoinder.acts import SCHEMES, code
from rejoinder.coding.sample import Coded, Coding, Sample
from rejoinder.merge.told import Elsewhere, Head, Hit
from rejoinder.model import (
    Actor,
    Article,
    Entry,
    Framing,
    Lost,
    Parts,
    Passage,
    Reading,
    Reply,
    Resolution,
    Ruling,
    Run,
    Spans,
    Statement,
)
from rejoinder.text import words


def line(reading: Reading) -> str:
    """Return `reading` as one line of JSON, without the line's end."""
    return json.dumps(as_object(reading))


def whole_line(held: Entry | Lost | Ruling | Sample | Coding) -> str:
    """Return all that a record holds of a version, a failure, a decision or what is coded."""
    if isinstance(held, Lost):
        return json.dumps(_lost(held))
    if isinstance(held, Sample):
        return json.dumps({"sample": sample_values(held)})
    if isinstance(held, Coding):
        return json.dumps({"coding": coding_values(held)})
    return json.dumps(_ruling(held) if isinstance(held, Ruling) else _entry(held))


def _ruling(ruling: Ruling) -> Mapping[str, object]:
    return {
        "decision": {
            "deed": ruling.deed,
            "about": [_passage(passage) for passage in ruling.about],
            "apart": [_passage(passage) for passage in ruling.apart],
            "actor": ruling.actor,
            "value": ruling.value,
            "side": ruling.side,
            "parts": None if ruling.parts is None else _parts(ruling.parts),
            "act": ruling.act,
            "who": ruling.who,
            "why": ruling.why,
            "made": ruling.made,
            "undone": ruling.undone,
            "undone_by": ruling.undone_by,
            "changes": [asdict(change) for change in ruling.changes],
        }
    }


def _parts(parts: Parts) -> Mapping[str, object]:
    return {
        "source": _spans(parts.source),
        "cue": _spans(parts.cue),
        "content": _spans(parts.content),
    }


def _passage(passage: Passage) -> Mapping[str, object]:
    return {
        "article": passage.article,
        "version": passage.version,
        "digest": passage.digest,
        "statement": passage.statement,
        "content": _spans(passage.content),
        "accepted": passage.accepted,
    }


def sample_values(sample: Sample) -> Mapping[str, object]:
    """Return a sample as plain values."""
    return {
        "name": sample.name,
        "seed": sample.seed,
        "blind": sample.blind,
        "coders": list(sample.coders),
        "drawn_from": sample.drawn_from,
        "reports": sample.reports,
        "wanted": [list(pair) for pair in sample.wanted],
        "drawn": sample.drawn,
        "who": sample.who,
        "units": [
            {
                "article": unit.article,
                "version": unit.version,
                "digest": unit.digest,
                "span": list(unit.span),
            }
            for unit in sample.units
        ],
    }


def coding_values(coding: Coding) -> Mapping[str, object]:
    """Return a coding as plain values."""
    return {
        "sample": coding.sample,
        "unit": coding.unit,
        "coder": coding.coder,
        "finished": coding.finished,
        "replaced": coding.replaced,
        "statements": [_coded(coded) for coded in coding.statements],
    }


def _coded(coded: Coded) -> Mapping[str, object]:
    return {
        "content": _spans(coded.content),
        "stands": coded.stands,
        "act": coded.act.value if coded.act else None,
        "speaker": coded.speaker,
        "target": coded.target,
        "source": _spans(coded.source),
        "cue": _spans(coded.cue),
    }


def _lost(lost: Lost) -> Mapping[str, object]:
    failure = lost.failure
    told = {"source": failure.source, "step": failure.step, "reason": failure.reason}
    return {"failure": {**told, **_run(lost.run), "weights": lost.run.weights}}


def _entry(entry: Entry) -> Mapping[str, object]:
    reading, text = entry.reading, entry.reading.article.text
    return {
        **as_object(reading),
        "statements": [_whole(statement, text) for statement in reading.statements],
        "replies": [{**_reply(r), "confidence": r.confidence} for r in reading.replies],
        "framings": [{**_framing(f), "confidence": f.confidence} for f in reading.framings],
        "record": {
            "number": entry.number,
            "added": entry.added,
            **_run(entry.run),
            "source": reading.article.source,
            "keys": list(entry.keys),
            "seen": [list(pair) for pair in entry.seen],
        },
    }


def _run(run: Run) -> Mapping[str, object]:
    return {"started": run.started, "program": run.program}


def _whole(statement: Statement, text: str) -> Mapping[str, object]:
    """Return a statement with its likelihoods, and those given elsewhere too, to the last digit."""
    found = statement.resolution
    return {
        **_statement(statement, text),
        "confidence": statement.confidence,
        "act_confidence": statement.act_confidence,
        "resolution": {**(_resolution(found) or {}), "confidence": found.confidence}
        if found
        else None,
        "answering": statement.answering,
        "naming": statement.naming,
        "aims": [[_actor(actor), chance] for actor, chance in statement.aims],
        "replying": [[_spans(cue), chance] for cue, chance in statement.replying],
    }


def as_object(reading: Reading) -> Mapping[str, object]:
    """Return `reading` as the interchange format's object; spans are offsets in code points."""
    return {
        "article": _article(reading.article),
        "statements": [
            _statement(statement, reading.article.text) for statement in reading.statements
        ],
        "replies": [_reply(reply) for reply in reading.replies],
        "framings": [_framing(framing) for framing in reading.framings],
        "remarks": list(reading.remarks),
        "schemes": SCHEMES,
        "weights": reading.weights,
    }


def as_held(
    reading: Reading, homes: Mapping[str, int], elsewhere: Iterable[Elsewhere] = ()
) -> Mapping[str, object]:
    """Return a report of a record, and what the record says of it.

    Args:
        reading: As it was read.
        homes: Which utterance, by number, each of its statements is of.
        elsewhere: Of whom other reports say the side.
    """
    return {
        **as_object(reading),
        "utterances": {name: f"u{n}" for name, n in homes.items()},
        "sides": {one.actor: {"side": one.side, "reports": one.reports} for one in elsewhere},
    }


def as_found(hit: Hit, *, whole: Reading | None = None, text: bool = True) -> Mapping[str, object]:
    """Return a report with the one statement of it that was found, and what a record says of that.

    Args:
        hit: The statement.
        whole: All of the report, where what the statement takes part in is told too.
        text: Whether to tell the report's text, which is null otherwise.
    """
    name = hit.statement.id
    found = Reading(article=hit.article, statements=(hit.statement,))
    if whole is not None:
        found = replace(
            found,
            replies=tuple(r for r in whole.replies if name in {r.reply, r.to}),
            framings=tuple(f for f in whole.framings if f.statement == name),
            remarks=whole.remarks,
            weights=whole.weights,
        )
    return {
        **as_object(found),
        **({} if text else {"article": {**_article(hit.article), "text": None}}),
        "by_meaning": hit.by_meaning,
        "utterance": None if hit.utterance is None else f"u{hit.utterance}",
        "issue": None if hit.issue is None else f"i{hit.issue}",
        "review": hit.review,
        "speaker_id": None if hit.figure is None else f"a{hit.figure}",
        "side": hit.side,
        "side_guessed": hit.side_guessed,
        "also": [
            {
                "article": one.article,
                "statement": one.statement,
                "outlet": one.outlet,
                "published": one.published.isoformat() if one.published else None,
            }
            for one in hit.also
        ],
    }


def as_head(head: Head) -> Mapping[str, object]:
    """Return what a record holds of a report beside its text."""
    return {
        "id": head.id,
        "url": head.url,
        "outlet": head.outlet,
        "title": head.title,
        "published": head.published.isoformat() if head.published else None,
        "published_from": head.published_from,
        "language": head.language,
        "authors": list(head.authors),
        "cited": list(head.cited),
        "version": head.version,
        "added": head.added,
        "statements": head.statements,
    }


def _article(article: Article) -> Mapping[str, object]:
    return {
        "id": article.id,
        "url": article.url,
        "outlet": article.outlet,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "published_from": article.published_from,
        "language": article.language,
        "authors": list(article.authors),
        "cited": list(article.cited),
        "text": article.text,
        "furniture": _spans(article.furniture),
        "headings": _spans(article.headings),
    }


def _statement(statement: Statement, text: str) -> Mapping[str, object]:
    codes = code(
        statement.act, cue=words(text, statement.cue), content=words(text, statement.content)
    )
    return {
        "id": statement.id,
        "kind": statement.kind.value,
        "mode": statement.mode.value,
        "act": statement.act.value,
        "act_confidence": round(statement.act_confidence, 3),
        "cameo": codes.cameo,
        "plover": codes.plover,
        "source": _spans(statement.source),
        "cue": _spans(statement.cue),
        "content": _spans(statement.content),
        "speaker": _actor(statement.speaker),
        "resolution": _resolution(statement.resolution),
        "target": _actor(statement.target),
        "occasion": _spans(statement.occasion),
        "via": _spans(statement.via),
        "said_on": statement.said_on.isoformat() if statement.said_on else None,
        "inside": statement.inside,
        "confidence": round(statement.confidence, 3),
    }


def _actor(actor: Actor | None) -> Mapping[str, object] | None:
    if actor is None:
        return None
    return {
        "id": actor.id,
        "name": actor.name,
        "role": actor.role,
        "side": actor.side,
        "side_guessed": actor.side_guessed,
        "code": states.code(actor.side) if actor.side else None,
    }


def _resolution(resolution: Resolution | None) -> Mapping[str, object] | None:
    if resolution is None:
        return None
    return {
        "how": resolution.how.value,
        "confidence": round(resolution.confidence, 3),
        "chain": _spans(resolution.chain),
    }


def _reply(reply: Reply) -> Mapping[str, object]:
    return {
        "reply": reply.reply,
        "to": reply.to,
        "type": reply.type.value,
        "answers": _spans(reply.answers),
        "signal": _spans(reply.signal),
        "confidence": round(reply.confidence, 3),
    }


def _framing(framing: Framing) -> Mapping[str, object]:
    return {
        "statement": framing.statement,
        "thing": _spans(framing.thing),
        "label": _spans(framing.label),
        "confidence": round(framing.confidence, 3),
    }


def _spans(spans: Spans) -> list[list[int]]:
    return [[start, end] for start, end in spans]
