"""Rebuild the shipped weights: `python -m training.run --data DATA`, what `make train` calls.

MiniLM learns the annotated articles; what it learnt is exported to int8; thresholds and confidence
come from articles held out of its training. Steps, seeds and data are fixed; minutes are a ceiling
that only a slow machine reaches. The checkpoint is kept in the work folder, so a run that was
stopped after training goes on with the export.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import torch
from tokenizers import Tokenizer

from rejoinder import __version__
from rejoinder.extract.encoder import SHIPPED
from rejoinder.extract.pieces import load_tokenizer
from training import pretrained
from training.data import Document, annotated, polnear
from training.export import write_graph, write_manifest
from training.fit import epoch, fit, marks_of
from training.network import Network
from training.tune import UNTUNED, tune

#: Articles held out of training for thresholds and confidence.
HELD_POLNEAR, HELD_OWN = 40, 8
#: Steps and highest learning rate of each phase; the second starts again, lower.
PHASES = ((1330, 2.5e-4), (420, 1.5e-4))
#: How often our own guide's articles are seen for each time that PolNeAR's are: they are few.
OWN = 2


def split_data(data: Path) -> tuple[list[Document], list[Document], list[Document], list[Document]]:
    """Return PolNeAR and our own guide's articles: to train on, then those held out of both."""
    rng = random.Random(0)
    news = sorted(polnear(data, "train"), key=lambda d: d.id)
    rng.shuffle(news)
    own = annotated(data / "gold-train")
    rng.shuffle(own)
    return news[HELD_POLNEAR:], own[HELD_OWN:], news[:HELD_POLNEAR], own[:HELD_OWN]


def train(args: argparse.Namespace, tokenizer: Tokenizer, log: Callable[[str], None]) -> Network:
    """Train the network, or load the one in the work folder."""
    network = Network(pretrained.student(args.work))
    trained = args.work / "network.pt"
    if not trained.exists():
        news, own, _, _ = split_data(args.data)
        for seed, (steps, rate) in enumerate(PHASES, start=1):
            fit(
                network,
                lambda rng: epoch(news + own * OWN, tokenizer, rng, passages=0.5),
                marks=marks_of(tokenizer),
                minutes=args.minutes * steps / sum(steps for steps, _ in PHASES),
                steps=steps,
                rate=rate,
                pieces=3072,
                checkpoint=args.work / "latest.pt",
                seed=seed,
                log=log,
            )
        torch.save(network.state_dict(), trained)
    network.load_state_dict(torch.load(trained))
    return network.eval()


def digests(data: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that training reads."""
    files = [
        *(data / "polnear" / f"{n}.jsonl.gz" for n in ("train", "train-second-annotators")),
        data / "acts" / "labels.jsonl",
        *sorted((data / "gold-train").glob("*.json")),
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
    parser.add_argument("--minutes", type=float, default=75, help="ceiling of the training proper")
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
    network = train(args, load_tokenizer(source), log)
    write_graph(network, args.out)
    version = f"rejoinder-en {__version__}"
    write_manifest(
        network, args.out, source, {"version": version, **UNTUNED, "data": digests(args.data)}
    )
    _, _, news, own = split_data(args.data)
    log(json.dumps(tune(args.out, news, own)["tuned"]))


if __name__ == "__main__":
    main()
