"""Flat tables for other programs: statements as they are coded by hand, and who answers whom.

The columns of a statement are those of Discourse Network Analyzer; what is called what has some of
them; who answers whom, and who does what to whom, are lists of edges, the first also GraphML.

Takes readings with what the record knows of their statements; gives lines. A table is CSV with the
care for hostile cells that `coding.table` takes.

The one idea: a statement's concept is the issue that it is about, its organization the side that
its report has its speaker speak for, and its agreement what its act says: 1 where it comes towards
somebody, 0 where it speaks against one, and nothing where it does neither. What a report calls
somebody stands beside what the record does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree import ElementTree

from rejoinder.coding.table import Row, written
from rejoinder.export import layout
from rejoinder.merge.told import Aiming, Answering, Party, Placed
from rejoinder.model import AGAINST, TOWARDS, Act, Actor, Article, Framing, Statement

#: Of a table of statements.
COLUMNS = (
    *("id", "utterance", "date", "said_on", "person", "role", "organization", "concept", "issue"),
    *("act", "agreement", "target", "target_side", "text", "kind", "confidence", "source"),
    *("title", "url"),
    *("start", "stop", "speaker_id", "speaker_name", "side_guessed"),
    *("target_id", "target_name", "target_side_guessed"),
    *("mode", "inside", "act_confidence", "speaker_side", "speaker_side_guessed"),
    *("replies_to", "copy_of"),
)
#: Of a table of what is called what.
FRAMINGS = (
    *("id", "utterance", "date", "person", "organization", "thing", "label", "confidence"),
    *("source", "title", "url", "start", "stop", "thing_start", "thing_stop"),
    *("speaker_id", "speaker_name", "speaker_side", "speaker_side_guessed"),
)
#: Of lists of edges.
_ENDS = ("source", "source_name", "source_side", "target", "target_name", "target_side")
EDGES = (*_ENDS, "answers", "first", "last")
TIES = (*_ENDS, "act", "weight", "first", "last")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
#: What nodes, edges and the graph have; what XML cannot hold is shown as what cannot be printed.
_KEYS = (
    *(("name", "node", "string"), ("side", "node", "string"), ("answers", "edge", "int")),
    *(("first", "edge", "string"), ("last", "edge", "string"), ("made_by", "graph", "string")),
)


def statements(placed: Iterable[Placed]) -> Iterator[str]:
    """Yield the lines of a CSV table of statements."""
    rows = (_row(one, statement) for one in placed for statement in one.reading.statements)
    return written(rows, COLUMNS)


def _row(placed: Placed, said: Statement) -> Row:
    article = placed.reading.article
    utterance = placed.homes.get(said.id)
    issue = placed.issues.get(utterance) if utterance is not None else None
    speaker, target = said.speaker, said.target
    who, whom = placed.parties.get(said.id, (None, None))
    side, guessed = placed.sides.get(said.id, (None, False))
    agreement = agrees(said.act)
    return {
        "id": f"{article.id}#{said.id}",
        "utterance": "" if utterance is None else f"u{utterance}",
        "date": str(article.published or ""),
        "said_on": str(said.said_on or ""),
        "person": speaker.name if speaker else "",
        "role": (speaker.role or "") if speaker else "",
        "organization": (speaker.side or "") if speaker else "",
        "concept": issue[1] if issue else "",
        "issue": f"i{issue[0]}" if issue else "",
        "act": said.act.value,
        "agreement": "" if agreement is None else str(int(agreement)),
        "target": target.name if target else "",
        "target_side": (target.side or "") if target else "",
        "text": layout.quote(article.text, said.content),
        "kind": said.kind.value,
        "confidence": f"{said.confidence:.3f}",
        "source": article.outlet or "",
        "title": article.title or "",
        "url": article.url or "",
        "start": str(said.content[0][0]),
        "stop": str(said.content[-1][1]),
        "speaker_id": who.id if who else "",
        "speaker_name": who.name if who else "",
        "side_guessed": _guessed(speaker),
        "target_id": whom.id if whom else "",
        "target_name": whom.name if whom else "",
        "target_side_guessed": _guessed(target),
        "mode": said.mode.value,
        "inside": f"{article.id}#{said.inside}" if said.inside else "",
        "act_confidence": f"{said.act_confidence:.3f}",
        "speaker_side": side or "",
        "speaker_side_guessed": str(guessed).lower() if side else "",
        "replies_to": " ".join(f"u{to}" for to in placed.answered.get(utterance or 0, ())),
        "copy_of": placed.original or "",
    }


def agrees(act: Act) -> bool | None:
    """Tell whether an act comes towards somebody, or speaks against one; None where neither."""
    return act in TOWARDS if act in TOWARDS | AGAINST else None


def _guessed(actor: Actor | None) -> str:
    """Tell whether the side of an actor is a guess; nothing where there is none."""
    if actor is None or actor.side is None:
        return ""
    return str(actor.side_guessed).lower()


def framings(placed: Iterable[Placed]) -> Iterator[str]:
    """Yield the lines of a CSV table of what statements call things."""
    return written((row for one in placed for row in _framed(one)), FRAMINGS)


def _framed(placed: Placed) -> Iterator[Row]:
    said = {one.id: one for one in placed.reading.statements}
    for framing in placed.reading.framings:
        row = _row(placed, said[framing.statement]) | _named(placed.reading.article, framing)
        yield {name: row[name] for name in FRAMINGS}


def _named(article: Article, framing: Framing) -> Row:
    return {
        "thing": layout.quote(article.text, framing.thing),
        "label": layout.quote(article.text, framing.label),
        "confidence": f"{framing.confidence:.3f}",
        "start": str(framing.label[0][0]),
        "stop": str(framing.label[-1][1]),
        "thing_start": str(framing.thing[0][0]) if framing.thing else "",
        "thing_stop": str(framing.thing[-1][1]) if framing.thing else "",
    }


def edges(found: Iterable[Answering]) -> Iterator[str]:
    """Yield the lines of a CSV list of edges: from who answers to who is answered."""
    return written(({**_ends(one), "answers": str(one.answers)} for one in found), EDGES)


def ties(found: Iterable[Aiming]) -> Iterator[str]:
    """Yield the lines of a CSV list of edges: from who speaks to whom that is aimed at, by act."""
    rows = ({**_ends(one), "act": one.act.value, "weight": str(one.utterances)} for one in found)
    return written(rows, TIES)


def _ends(one: Answering | Aiming) -> Row:
    return {
        "source": one.who.id,
        "source_name": one.who.name,
        "source_side": one.who.side or "",
        "target": one.whom.id,
        "target_name": one.whom.name,
        "target_side": one.whom.side or "",
        "first": str(one.first or ""),
        "last": str(one.last or ""),
    }


def graphml(found: Iterable[Answering], *, made_by: str) -> Iterator[str]:
    """Yield the lines of a GraphML document: actors or sides, and an edge from who answers to whom.

    Args:
        found: Who answers whom.
        made_by: What made it; stands there as an attribute of the graph.
    """
    listed = list(found)
    parties: dict[str, Party] = {}
    for one in listed:
        for party in (one.who, one.whom):
            parties.setdefault(party.id, party)
    root = ElementTree.Element("graphml", xmlns=_GRAPHML)
    for name, of, type in _KEYS:
        keyed = {"id": name, "for": of, "attr.name": name, "attr.type": type}
        ElementTree.SubElement(root, "key", keyed)
    graph = ElementTree.SubElement(root, "graph", id="answers", edgedefault="directed")
    _data(graph, {"made_by": made_by})
    for party in parties.values():
        node = ElementTree.SubElement(graph, "node", id=layout.printable(party.id))
        _data(node, {"name": party.name, "side": party.side})
    for one in listed:
        ends = {"source": layout.printable(one.who.id), "target": layout.printable(one.whom.id)}
        edge = ElementTree.SubElement(graph, "edge", ends)
        _data(edge, {"answers": one.answers, "first": one.first, "last": one.last})
    ElementTree.indent(root)
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield ElementTree.tostring(root, encoding="unicode") + "\n"


def _data(element: ElementTree.Element, told: Mapping[str, object]) -> None:
    for key, value in told.items():
        if value is not None:
            ElementTree.SubElement(element, "data", key=key).text = layout.printable(str(value))
