"""Rebuild the shipped weights: `python -m training.run --data DATA`.

Four steps, each kept in the work folder so that a run that was stopped goes on where it was:

1. teacher: MPNet-base learns the annotated articles;
2. lessons: the teacher reads half of them again, and news that nobody annotated;
3. student: MiniLM learns the annotations and the teacher's scores at once;
4. tune: export to int8, thresholds and confidence from articles held out of all three.

Steps, seeds and data are fixed; minutes are a ceiling that a slow machine hits and a fast one does
not. Two free cores take about 85 minutes.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import sys
import time
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer

from rejoinder import __version__
from rejoinder.extract.encoder import SHIPPED
from rejoinder.extract.pieces import load_tokenizer
from training import pretrained
from training.data import Document, annotated, polnear
from training.distil import label, teach
from training.export import write_graph, write_manifest
from training.fit import epoch, fit, marks_of
from training.network import Network
from training.tune import UNTUNED, tune

#: Articles held out of training for thresholds and confidence.
HELD_POLNEAR, HELD_OWN = 40, 8
#: How often our own guide's articles are seen for each time that PolNeAR's are: they are few.
OWN = 2
#: Unannotated articles that the teacher labels, by topics near to our subject, and their share of
#: the data.
TOPICS = frozenset(
    {
        *("world", "foreign_policy", "middle_east", "north_korea", "russia", "china", "europe"),
        *("great_britain", "trade", "terrorism", "isis", "defense", "us_military"),
        *("national_security", "state_department", "white_house"),
    }
)
LESSONS = 420


def split_data(data: Path) -> tuple[list[Document], list[Document], list[Document], list[Document]]:
    """Return PolNeAR and our own guide's articles: to train on, then those held out of both."""
    rng = random.Random(0)
    news = sorted(polnear(data, "train"), key=lambda d: d.id)
    rng.shuffle(news)
    own = annotated(data / "gold-train")
    rng.shuffle(own)
    return news[HELD_POLNEAR:], own[HELD_OWN:], news[:HELD_POLNEAR], own[:HELD_OWN]


def unannotated(data: Path, *, count: int) -> list[Document]:
    """Draw articles on foreign affairs that are in none of the annotated sets."""
    known = {
        path.stem for folder in ("gold", "gold-train") for path in (data / folder).glob("*.txt")
    }
    found = []
    for path in sorted((data / "articles").glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for row in map(json.loads, lines):
                near = row["topic"] in TOPICS and row["id"] not in known
                if near and 200 < len(row["text"].split()) < 1500:
                    found.append(
                        Document(id=row["id"], text=row["text"], readings=((),), nesting=True)
                    )
    random.Random(0).shuffle(found)
    return found[:count]


def train_teacher(args: argparse.Namespace, tokenizer: Tokenizer, log: Any) -> Network:
    """Train the teacher, or load the one in the work folder."""
    network = Network(pretrained.teacher(args.work))
    checkpoint = args.work / "teacher.pt"
    if not checkpoint.exists():
        news, own, _, _ = split_data(args.data)
        documents = [(d, None) for d in news + own * OWN]
        fit(
            network,
            lambda rng: epoch(documents, tokenizer, rng, passages=0.4),
            marks=marks_of(tokenizer),
            minutes=args.teacher_minutes,
            steps=args.teacher_steps,
            rate=8e-5,
            pieces=2048,
            checkpoint=checkpoint,
            log=log,
        )
    network.load_state_dict(torch.load(checkpoint))
    return network.eval()


def write_lessons(
    args: argparse.Namespace, tokenizer: Tokenizer, log: Any
) -> list[tuple[Document, Any]]:
    """Let the teacher read; the lessons are kept in memory and in the work folder."""
    path = args.work / "lessons.pt"
    if path.exists():
        return list(torch.load(path, weights_only=False))
    teacher = train_teacher(args, tokenizer, log)
    marks, began, lessons = marks_of(tokenizer), time.monotonic(), []
    news, own, _, _ = split_data(args.data)
    plan = [
        teach(teacher, own + news[:LESSONS], tokenizer, marks),
        label(teacher, unannotated(args.data, count=10 * LESSONS), tokenizer, marks),
    ]
    for share, source in zip((0.5, 1.0), plan, strict=True):
        for lesson in source:
            lessons.append(lesson)
            if (time.monotonic() - began) / 60 > args.lesson_minutes * share:
                break
        log(f"{len(lessons)} lessons")
    torch.save(lessons, path)
    return lessons


def train_student(args: argparse.Namespace, tokenizer: Tokenizer, log: Any) -> Network:
    """Train the student on annotations and lessons, or load the one in the work folder."""
    network = Network(pretrained.student(args.work))
    checkpoint = args.work / "student.pt"
    if not checkpoint.exists():
        lessons = write_lessons(args, tokenizer, log)
        taught = {document.id for document, _ in lessons}
        news, own, _, _ = split_data(args.data)
        documents = [(d, None) for d in news if d.id not in taught]
        ours = {d.id for d in own}
        documents += [
            lesson for lesson in lessons for _ in range(OWN if lesson[0].id in ours else 1)
        ]
        fit(
            network,
            lambda rng: epoch(documents, tokenizer, rng, passages=0.4),
            marks=marks_of(tokenizer),
            minutes=args.student_minutes,
            steps=args.student_steps,
            rate=2.5e-4,
            pieces=3072,
            checkpoint=checkpoint,
            log=log,
        )
    network.load_state_dict(torch.load(checkpoint))
    return network.eval()


def digests(data: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that training reads."""
    files = [
        *(data / "polnear" / f"{n}.jsonl.gz" for n in ("train", "train-second-annotators")),
        data / "acts" / "labels.jsonl",
        *sorted((data / "gold-train").glob("*.json")),
        *sorted((data / "articles").glob("*.jsonl.gz")),
    ]
    return {str(f.relative_to(data)): hashlib.sha256(f.read_bytes()).hexdigest() for f in files}


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, required=True, help="a folder of the form of the shared data"
    )
    parser.add_argument(
        "--work", type=Path, default=Path("build/training"), help="checkpoints and downloads"
    )
    parser.add_argument("--out", type=Path, default=SHIPPED, help="where the weights go")
    parser.add_argument("--teacher-minutes", type=float, default=46)
    parser.add_argument("--teacher-steps", type=int, default=620)
    parser.add_argument("--lesson-minutes", type=float, default=9)
    parser.add_argument("--student-minutes", type=float, default=30)
    parser.add_argument("--student-steps", type=int, default=1500)
    return parser.parse_args()


def main() -> None:
    """Run every step that the work folder does not hold yet."""
    args = arguments()
    torch.set_num_threads(2)
    args.work.mkdir(parents=True, exist_ok=True)
    args.out.mkdir(parents=True, exist_ok=True)

    def log(line: str) -> None:
        print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)

    source = pretrained.student(args.work) / "tokenizer.json"
    student = train_student(args, load_tokenizer(source), log)
    write_graph(student, args.out)
    version = f"rejoinder-en {__version__}"
    write_manifest(
        student, args.out, source, {"version": version, **UNTUNED, "data": digests(args.data)}
    )
    _, _, news, own = split_data(args.data)
    log(json.dumps(tune(args.out, news, own)["tuned"]))


if __name__ == "__main__":
    main()
