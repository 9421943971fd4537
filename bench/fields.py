"""How right every field of a statement is, by `score.py`, which is not ours: `gold`, `held`.

`gold` are the articles that were annotated for this project with care, and are few; `held` those of
`training/labels-held.jsonl`, many more, of which an earlier reader found the statements and a
labeller said all else. What a labeller did not see cannot be missed there, so nothing is said of
how many statements are found.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from bench.report import Result, Row
from bench.setting import Setting, check
from training.corpora import LABELS_HELD, labelled_rows


def gold(setting: Setting) -> Result:
    """Run the program on our own annotated articles and score what it prints."""
    folder = setting.data / "gold"
    printed = _read(setting, folder, name="gold")
    scores = _scores(setting, folder, printed)
    found, counts = scores["statements"], scores["counts"]
    bounded = (
        ("statements F1 on gold (score.py)", found["f1"], 0.75),
        ("content exact on gold", scores["content exact"], 0.55),
        ("source on gold", scores["source"], 0.90),
        ("speaker on gold", scores["speaker"], 0.85),
        ("side on gold", scores["side"], 0.88),
        ("act on gold", scores["act"], 0.78),
        ("act macro F1 on gold", scores["act macro f1"], 0.65),
        ("target F1 on gold", scores["target"]["f1"], 0.60),
        ("is-reply F1 on gold", scores["is-reply"]["f1"], 0.65),
        ("reply F1 on gold", scores["reply"]["f1"], 0.50),
        ("via F1 on gold", scores["via"]["f1"], 0.65),
        ("occasion F1 on gold", scores["occasion"]["f1"], 0.60),
        ("usable as is on gold", scores["usable as is"], 0.45),
    )
    free = (
        ("kind", scores["kind"], 3),
        ("statements, precision", found["p"], 3),
        ("statements, recall", found["r"], 3),
        ("articles", counts["articles"], 0),
        ("statements in gold", counts["gold"], 0),
        ("statements found, private states aside", counts.get("pred", 0), 0),
        ("found that are in gold", counts.get("matched", 0), 0),
    )
    return Result(
        rows=[
            *(Row(what=w, measured=m, at_least=least, digits=3) for w, m, least in bounded),
            Row(
                what="speakers resolved to a wrong one on gold",
                measured=_wrong(setting, folder, printed),
                at_most=0.06,
                digits=3,
            ),
            *(Row(what=w, measured=m, digits=d) for w, m, d in free),
        ]
    )


def held(setting: Setting) -> Result:
    """Run the program on the further labelled articles held out, and score it in the same way."""
    folder = setting.work / "held"
    folder.mkdir(parents=True, exist_ok=True)
    for id, text, statements in labelled_rows(setting.data, LABELS_HELD):
        told = [_as_gold(s) for s in statements if s["content"]]
        (folder / f"{id}.json").write_text(json.dumps(told), encoding="utf8")
        (folder / f"{id}.txt").write_text(text, encoding="utf8", newline="")
    printed = _read(setting, folder, name="held")
    scores = _scores(setting, folder, printed)
    shares = ("speaker", "side", "act", "act macro f1", "usable as is")
    f1s = ("target", "is-reply", "reply", "via", "occasion")
    counts = scores["counts"]
    return Result(
        rows=[
            *(Row(what=f"{n}, held out", measured=scores[n], digits=3) for n in shares),
            *(Row(what=f"{n} F1, held out", measured=scores[n]["f1"], digits=3) for n in f1s),
            Row(
                what="replies tied, held out: share right",
                measured=scores["reply"]["p"],
                digits=3,
            ),
            Row(
                what="speakers resolved to a wrong one, held out",
                measured=_wrong(setting, folder, printed),
                digits=3,
            ),
            Row(what="articles held out", measured=counts["articles"], digits=0),
            Row(what="statements labelled", measured=counts["gold"], digits=0),
            Row(what="of these found", measured=counts["matched"], digits=0),
        ]
    )


def _as_gold(statement: dict[str, Any]) -> dict[str, Any]:
    """Give a labelled statement what it is not labelled with, which is then not measured."""
    return {"kind": None, **statement}


def _read(setting: Setting, folder: Path, *, name: str) -> Path:
    """Read the texts of `folder` as a user would; return where the lines of JSON are."""
    printed = setting.work / f"{name}.jsonl"
    printed.parent.mkdir(parents=True, exist_ok=True)
    with printed.open("wb") as out:
        command = setting.program("read", "--json", "--quiet", *sorted(folder.glob("*.txt")))
        check(subprocess.run(command, stdout=out).returncode)
    return printed


def _scores(setting: Setting, folder: Path, printed: Path) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, setting.shared / "tools" / "score.py", folder, printed, "--json"],
        stdout=subprocess.PIPE,
        check=True,
    )
    scores: dict[str, Any] = json.loads(done.stdout)
    return scores


#: Ways of resolving that claim to know who somebody is.
_CLAIMS = frozenset({"surname", "acronym", "apposition", "office", "pronoun", "metonym", "book"})


def _wrong(setting: Setting, folder: Path, printed: Path) -> float:
    """Return the share of matched statements whose speaker was resolved, but to a wrong actor."""
    scorer = _scorer(setting)
    wrong = matched = 0
    for row in map(json.loads, printed.read_text("utf8").splitlines()):
        path = folder / f"{row['article']['id']}.json"
        annotated = json.loads(path.read_text("utf8"))
        found = row["statements"]
        for i, j in scorer.match(annotated, found, row["article"]["text"]).items():
            matched += 1
            speaker = (found[j]["speaker"] or {}).get("name")
            claims = (found[j]["resolution"] or {}).get("how") in _CLAIMS
            wrong += claims and not scorer.any_name(annotated[i]["speaker"], speaker)
    return wrong / max(1, matched)


def _scorer(setting: Setting) -> Any:
    """Load the scoring tool as a module."""
    spec = spec_from_file_location("score", setting.shared / "tools" / "score.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
