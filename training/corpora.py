"""The corpora that training learns from, each read into `Document`s.

All of them stand in the folder that `DATA` names (see its README): PolNeAR with further annotators
and silver names and chains, labelled acts, articles annotated by our own guide, GUM, and CrossNER.
Of further articles there, `labels.jsonl` beside this module says what their statements do, and
`labels-held.jsonl` the same of articles that nothing is trained on.
"""

from __future__ import annotations

import gzip
import json
import random
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from rejoinder.extract.decode import STANDS
from rejoinder.model import Span, Spans
from rejoinder.phrases import head
from rejoinder.states import SignKind, signs
from rejoinder.text import overlap
from training.data import Document, Example

#: CoreNLP's and CrossNER's types of names that are ours; all others are no names to us.
_SILVER = {"PERSON": "person", "ORGANIZATION": "organisation", "LOCATION": "place"}
_CROSSNER = {
    **{"politician": "person", "person": "person"},
    **{"politicalparty": "organisation", "organisation": "organisation"},
    **{"country": "place", "location": "place"},
}
#: What statements of further articles do, by article and character: to learn from, and held out.
LABELS = Path(__file__).with_name("labels.jsonl")
LABELS_HELD = Path(__file__).with_name("labels-held.jsonl")
#: How a state is meant, not only who or what is of it.
_NAMING = frozenset({SignKind.NAME, SignKind.CAPITAL, SignKind.METONYM})
#: Articles held out of training for thresholds and confidence.
HELD_POLNEAR, HELD_OWN = 40, 8
_GUM_NAMED = frozenset({"person", "organization", "place"})
_NO_SPACE_BEFORE = frozenset(".,;:!?)]}%'’”") | {"'s", "n't", "''"}


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the records of a gzipped JSON Lines file."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        for line in lines:
            yield json.loads(line)


def spans(pairs: list[list[int]] | None) -> Spans:
    """Turn JSON pairs into spans."""
    return tuple((a, b) for a, b in pairs or [])


def _lines(text: str) -> Spans:
    return tuple(m.span() for m in re.finditer(r"[^\n]+", text))


def polnear(data: Path, name: str) -> list[Document]:
    """Load PolNeAR `name` ("train" or "dev"), with what else was labelled in its train part."""
    labels: dict[tuple[str, int], dict[str, Any]] = {}
    second: dict[str, list[tuple[Example, ...]]] = defaultdict(list)
    if name == "train":
        with (data / "acts" / "labels.jsonl").open(encoding="utf8") as lines:
            labels = {(row["article"], row["attribution"]): row for row in map(json.loads, lines)}
        for row in rows(data / "polnear" / "train-second-annotators.jsonl.gz"):
            second[row["id"]].append(tuple(_attributions(row, {})))
    documents = []
    for row in rows(data / "polnear" / f"{name}.jsonl.gz"):
        silver = row["corenlp"] or {}
        documents.append(
            Document(
                id=row["id"],
                text=row["text"],
                readings=(tuple(_attributions(row, labels)), *second[row["id"]]),
                sentences=spans(silver.get("sentences")) or _lines(row["text"]),
                names=_silver_names(silver),
                chains=_silver_chains(row["text"], silver),
            )
        )
    return documents


def _attributions(
    row: dict[str, Any], labels: dict[tuple[str, int], dict[str, Any]]
) -> Iterator[Example]:
    for i, a in enumerate(row["attributions"]):
        if not (a.get("cue") and a.get("content")):
            continue
        parts = {key: spans(a.get(key)) for key in ("source", "cue", "content")}
        label = labels.get((row["id"], i))
        if label is None:
            yield Example(**parts)
            continue
        yield Example(
            **parts,
            held=int(label["mode"] == "held"),
            acts=(label["act"],),
            reply=label["reply"],
            naming=label["naming"],
            target=_targets(row["text"], label["target"], source=parts["source"]),
        )


def _targets(text: str, target: str | None, *, source: Spans) -> Spans | None:
    """Find everywhere that a target is named outside the source; None where it is nowhere.

    By its name, a person's last name too; a state by its capital and seats.
    """
    if target is None:
        return ()
    name = target.removeprefix("the ").removeprefix("The ")
    forms = {name}
    if re.fullmatch(r"(?:[A-Z][\w.’'-]+ )+[A-Z][\w’'-]+", name) and not signs(name):
        forms.add(name.split()[-1])
    found = {m.span() for form in forms for m in re.finditer(rf"\b{re.escape(form)}\b", text)}
    found |= {s.span for s in signs(text) if s.side == name and s.kind in _NAMING}
    kept = tuple(sorted(span for span in found if not overlap((span,), source)))
    return kept or None


def _silver_names(silver: dict[str, Any]) -> tuple[tuple[int, int, str], ...] | None:
    if "entities" not in silver:
        return None
    return tuple((a, b, _SILVER[kind]) for a, b, kind in silver["entities"] if kind in _SILVER)


def _silver_chains(text: str, silver: dict[str, Any]) -> tuple[Spans, ...]:
    """Keep the chains in which somebody is named or is "he" or "she": the rest is too noisy."""
    people = [(a, b) for a, b, kind in silver.get("entities", ()) if kind in _SILVER]
    chains = []
    for chain in silver.get("coreference", ()):
        heads = [head(text, (a, b), people) for a, b in chain]
        words = {text[a:b].lower() for a, b in chain}
        if words & {"he", "she"} or any(head in people for head in heads):
            chains.append(tuple(sorted(set(heads))))
    return tuple(chains)


def annotated(folder: Path) -> list[Document]:
    """Load articles annotated by our own guide: `ID.txt` beside `ID.json`."""
    documents = []
    for path in sorted(folder.glob("*.json")):
        if path.stem == "meta":
            continue
        with path.with_suffix(".txt").open(encoding="utf8", newline="") as file:
            text = file.read()
        statements = json.loads(path.read_text(encoding="utf8"))
        documents.append(_told(path.stem, text, statements))
    return documents


def _told(id: str, text: str, statements: list[dict[str, Any]]) -> Document:
    """Make a document of an article whose statements are annotated by our own guide."""
    kept = [s for s in statements if s["cue"] and s["content"]]
    numbers = {s["id"]: i for i, s in enumerate(kept)}
    return Document(
        id=id,
        text=text,
        readings=(tuple(_statement(text, s, numbers) for s in kept),),
        sentences=_lines(text),
        nesting=True,
        chains=_speakers(text, kept),
    )


def labelled(data: Path, labels: Path = LABELS) -> list[Document]:
    """Load the further articles of `data` whose statements `labels` labels.

    Where those stand is what a reader found and a labeller did not strike out. Others may have been
    missed, so cues are not to be learnt from them; what belongs to a cue is (self-training).
    """
    return [
        replace(_told(id, text, statements), attributed=False)
        for id, text, statements in labelled_rows(data, labels)
    ]


def labelled_rows(data: Path, labels: Path) -> Iterator[tuple[str, str, list[dict[str, Any]]]]:
    """Yield id, text and labelled statements of the further articles of `data` that have labels.

    Raises:
        ValueError: `data` lacks some of them.
    """
    with labels.open(encoding="utf8") as lines:
        known = {row["id"]: row["statements"] for row in map(json.loads, lines)}
    for path in sorted((data / "articles").glob("*.jsonl.gz")):
        for row in rows(path):
            if row["id"] in known:
                yield row["id"], row["text"], known.pop(row["id"])
    if known:
        raise ValueError(f"{data / 'articles'} lacks articles that {labels.name} labels")


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) else value


def _statement(text: str, s: dict[str, Any], numbers: dict[str, int]) -> Example:
    parts = {key: spans(s[key]) for key in ("source", "cue", "content")}
    occasion, via = spans(s["occasion"]), spans(s["via"])
    # As the reader leaves them out: labellers took "tweeted" for a carrier, annotators did not.
    occasion = () if overlap(occasion, parts["source"]) else occasion
    via = () if overlap(via, (*parts["cue"], *parts["source"])) else via
    return Example(
        **parts,
        held=int(s.get("mode") == "held"),
        nested=s.get("inside") is not None,
        acts=tuple(s["act"]) if isinstance(s["act"], list) else (s["act"],),
        reply=bool(s["reply_to"] or s["answers"]),
        roles={"occasion": occasion, "via": via},
        target=_targets(text, _first(s["target"]), source=parts["source"]),
        stand=_stand(s["side"]),
        answers=numbers.get(s["reply_to"]),
    )


def _stand(side: str | None) -> int:
    if side is None:
        return STANDS.index("nobody")
    return STANDS.index(side if side in STANDS else "another")


def _speakers(text: str, statements: list[dict[str, Any]]) -> tuple[Spans, ...]:
    """Chain the sources that one speaker has, and where the text has the speaker's name."""
    chains: dict[str, set[Span]] = defaultdict(set)
    for s in statements:
        name = _first(s["speaker"])
        if name and s["source"]:
            named = [m.span() for m in re.finditer(re.escape(name), text)]
            chains[name] |= {head(text, tuple(s["source"][0]), named), *named}
    return tuple(tuple(sorted(chain)) for chain in chains.values())


def split_data(data: Path) -> tuple[list[Document], list[Document], list[Document], list[Document]]:
    """Return PolNeAR and our own guide's articles: to train on, then those held out of both."""
    rng = random.Random(0)
    news = sorted(polnear(data, "train"), key=lambda d: d.id)
    rng.shuffle(news)
    own = annotated(data / "gold-train")
    rng.shuffle(own)
    return news[HELD_POLNEAR:], own[HELD_OWN:], news[:HELD_POLNEAR], own[:HELD_OWN]


def crossner(data: Path, *names: str) -> list[Document]:
    """Load sentences of CrossNER's politics domain ("train", "dev", "test")."""
    documents = []
    for name in names:
        blocks = (data / "crossner-politics" / f"{name}.txt").read_text("utf8").split("\n\n")
        for number, block in enumerate(blocks):
            pairs = [line.split("\t") for line in block.splitlines() if "\t" in line]
            if pairs:
                documents.append(_tagged(f"crossner-{name}-{number}", pairs))
    return documents


def _tagged(id: str, pairs: list[list[str]]) -> Document:
    text, names = "", []
    for word, tag in pairs:
        glue = "" if word in _NO_SPACE_BEFORE or not text or text[-1] in "([“" else " "
        start = len(text + glue)
        text += glue + word
        kind = _CROSSNER.get(tag[2:])
        if kind and tag[0] == "I" and names and names[-1][2] == kind:
            names[-1] = (names[-1][0], len(text), kind)
        elif kind:
            names.append((start, len(text), kind))
    return Document(id=id, text=text, attributed=False, names=tuple(names), sentences=_lines(text))


_ENTITY = re.compile(r"\((?P<open>[^()]+)(?P<whole>\))?|(?P<close>[^()]+)\)")


def gum(data: Path, *genres: str, kinds: frozenset[str] = _GUM_NAMED) -> list[Document]:
    """Load GUM's documents of some genres, with the chains of some kinds of entity."""
    documents = []
    for genre in genres:
        with gzip.open(data / "gum" / f"{genre}.conllu.gz", "rt", encoding="utf8") as file:
            blocks = file.read().split("# newdoc id = ")[1:]
        documents += [_conllu(block, kinds) for block in blocks]
    return documents


#: Documents of GUM that are held out to measure coreference on: every fifth of these genres.
GUM_MEASURED = ("news", "interview")
GUM_OTHERS = ("speech", "court")


def gum_split(data: Path) -> tuple[list[Document], list[Document]]:
    """Return GUM's documents to train on, and those held out to measure coreference on."""
    documents = gum(data, *GUM_MEASURED)
    held = documents[::5]
    return [d for d in documents if d not in held] + gum(data, *GUM_OTHERS), held


def _conllu(block: str, wanted: frozenset[str]) -> Document:
    text, offsets, sentences = "", [], []
    mentions: list[tuple[str, str, int, int, str]] = []
    waiting: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
    for line in block.splitlines()[1:]:
        if line.startswith("# newpar") and "block" not in line and text:
            text = text.rstrip() + "\n"
        elif line.startswith("# sent_id"):
            sentences.append(len(text))
        fields = line.split("\t")
        if len(fields) < 10 or not fields[0].isdigit():
            continue
        i, misc = len(offsets), dict(f.split("=", 1) for f in fields[9].split("|") if "=" in f)
        offsets.append((len(text), len(text) + len(fields[1])))
        text += fields[1] + ("" if misc.get("SpaceAfter") == "No" else " ")
        for found in _ENTITY.finditer(misc.get("Entity", "")):
            if found["open"]:
                group, kind, *_, least = found["open"].split("-")[:6]
                waiting[group].append((i, kind, least))
            group = found["close"] or (found["whole"] and found["open"].split("-")[0])
            if group and waiting[group]:
                start, kind, least = waiting[group].pop()
                mentions.append((group, kind, start, i, least))
    chains: dict[str, list[Span]] = defaultdict(list)
    kinds = defaultdict(set)
    for group, kind, start, end, least in mentions:
        inner = [start + int(k) - 1 for k in least.split(",") if k.isdigit()] or [end]
        chains[group].append((offsets[min(inner)][0], offsets[min(max(inner), end)][1]))
        kinds[group].add(kind)
    bounds = [*sentences, len(text)]
    return Document(
        id=block.split("\n", 1)[0].strip(),
        text=text,
        sentences=tuple((a, b) for a, b in pairwise(bounds) if a < b),
        attributed=False,
        chains=tuple(tuple(sorted(set(c))) for g, c in chains.items() if kinds[g] & wanted),
    )
