"""The reader's worker: reads articles and says how much CPU time that took, and where it went.

    python -m bench.clocked ARTICLES.jsonl WARM [WEIGHTS]

The first WARM articles are read before the clock starts. What is timed is the whole way from a
text to a line of JSON; the clock is the process's own CPU time, user and system, all threads.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import ParamSpec, TypeVar

from rejoinder.export.json import line
from rejoinder.extract import Extractor
from rejoinder.extract.encoder import Encoder
from rejoinder.pipeline import resolved
from rejoinder.reading import parse_text

P = ParamSpec("P")
R = TypeVar("R")


class Clock:
    """Adds up CPU seconds by name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, name: str, work: Callable[P, R]) -> Callable[P, R]:
        """Return `work` with its time put down under `name`."""

        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            start = time.process_time()
            try:
                return work(*args, **kwargs)
            finally:
                self.seconds[name] += time.process_time() - start  # type: ignore[assignment]

        return call


def run(texts: Sequence[str], extractor: Extractor, clock: Clock) -> None:
    """Read every text to the end."""
    parse = clock.timed("reading", parse_text)
    extract = clock.timed("extract", extractor.extract)
    resolve = clock.timed("resolution", resolved)
    write = clock.timed("json", line)
    for text in texts:
        article = parse(text)
        write(resolve(article, extract(article), weights=extractor.version))


def main(articles: str, warm: str, weights: str | None = None) -> None:
    """Read the file and print seconds, whole and by floor."""
    texts = [
        json.loads(record)["text"] for record in Path(articles).read_text("utf-8").splitlines()
    ]
    clock, first = Clock(), int(warm)
    encoder = clock.timed("encoder", Encoder.project)
    setattr(Encoder, "project", encoder)  # noqa: B010 -- a method, seen from outside
    extractor = Extractor(Path(weights) if weights else None, threads=1)
    run(texts[:first], extractor, clock)
    clock.seconds.clear()
    start = time.process_time()
    run(texts[first:], extractor, clock)
    print(json.dumps({"seconds": time.process_time() - start, "floors": clock.seconds}))


if __name__ == "__main__":
    main(*sys.argv[1:])
