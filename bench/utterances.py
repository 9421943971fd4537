"""Whether the record tells an utterance once: pairs that were labelled without its answer.

Pairs are statements of different reports within days of each other, by speakers of the same
surname or with the same run of words; half of them share between a third and three quarters of
their words, where a reader has to think. `utterances.jsonl` has them by article and character.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import pairs
from bench.report import Result, Row
from bench.setting import Setting
from rejoinder.store import Record

PAIRS = Path(__file__).with_name("utterances.jsonl")


def utterances(setting: Setting) -> Result:
    """Read the articles of the pairs into a record and see which pairs it tells once."""
    listed = pairs.load(PAIRS)
    found = right = told = 0
    with tempfile.TemporaryDirectory() as folder, Record(Path(folder) / "pairs.db") as record:
        pairs.read_into(record, listed, setting.data, work=Path(folder))
        for pair in listed:
            first, second = (pairs.looked_up(record, place) for place in (pair.first, pair.second))
            if first is None or second is None:
                continue
            found += 1
            once = first.utterance == second.utterance
            told += once
            right += once and pair.same
    same = sum(pair.same for pair in listed)
    return Result(
        rows=[
            Row(what="labelled pairs whose statements are found", measured=found, digits=0),
            Row(what="utterances: precision", measured=right / max(1, told), at_least=0.95),
            Row(what="utterances: recall", measured=right / same, at_least=0.80),
        ]
    )
