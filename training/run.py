"""Rebuild the shipped weights: `python -m training.run --data DATA`, what `make train` calls.

MiniLM learns attributions first and then everything at once; what finds attributions becomes an
average of the two, and everything is learnt once more, gently. What it learnt is exported to int8;
thresholds and confidence come from articles held out of all of it. Steps, seeds and data are fixed;
minutes are a ceiling that only a slow machine reaches. What a phase gives is kept in the work
folder, so a run that was stopped goes on with the next.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import torch
from tokenizers import Tokenizer

from rejoinder import __version__
from rejoinder.extract.encoder import SHIPPED
from rejoinder.extract.pieces import load_tokenizer
from training import pretrained
from training.batches import epoch, marks_of
from training.corpora import (
    GUM_MEASURED,
    GUM_OTHERS,
    LABELS,
    LABELS_HELD,
    crossner,
    gum_split,
    labelled,
    split_data,
)
from training.export import write_graph, write_manifest
from training.fit import fit
from training.losses import ATTRIBUTIONS, EVERYTHING
from training.network import ATTRIBUTION_HEADS, Network
from training.tune import UNTUNED, tune

#: How often our own guide's articles and CrossNER's are seen for each time that others are: they
#: are few.
OWN, CROSSNER = 2, 6
Log = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Phase:
    """A stretch of training, which begins with what the one before it gave."""

    name: str
    steps: int
    #: Of learning, at its highest.
    rate: float
    #: Which losses count, and how much: see `losses`.
    weights: dict[str, float]
    #: Whether corpora without attributions are read too.
    everything: bool
    #: Begin with this share of the last phase's weights of what finds attributions, and the rest
    #: of the first one's.
    share: float = 1.0


#: Beginnings of the names of parameters that find attributions, or that all share.
_FINDS_ATTRIBUTIONS = (
    *("encoder.words", "encoder.places", "encoder.norm", "encoder.trunk"),
    "encoder.branches.attribution",
    *(f"heads.{name}." for name in ATTRIBUTION_HEADS),
    *("distance", "chains.cue", "chains.part"),
)
PHASES = (
    Phase(name="attributions", steps=2000, rate=2.5e-4, weights=ATTRIBUTIONS, everything=False),
    Phase(name="everything", steps=2700, rate=2e-4, weights=EVERYTHING, everything=True),
    # Between the two lies a network that is better at attributions than either (model soups,
    # Wortsman et al., ICML 2022); everything else has to follow it there.
    Phase(name="again", steps=800, rate=1e-4, weights=EVERYTHING, everything=True, share=0.65),
)


def train(args: argparse.Namespace, tokenizer: Tokenizer, log: Log) -> Network:
    """Train the network phase by phase, or load what the work folder has of it."""
    network = Network(pretrained.minilm(args.work))
    news, own, _, _ = split_data(args.data)
    first: dict[str, torch.Tensor] = {}
    for seed, phase in enumerate(PHASES, start=1):
        trained = args.work / f"{phase.name}.pt"
        if not trained.exists():
            mix(network, first, share=phase.share)
            documents = news + own * OWN
            if phase.everything:
                documents += labelled(args.data) + gum_split(args.data)[0]
                documents += crossner(args.data, "train", "dev") * CROSSNER
            fit(
                network,
                partial(epoch, documents, tokenizer, passages=0.45),
                marks=marks_of(tokenizer),
                minutes=args.minutes * phase.steps / sum(p.steps for p in PHASES),
                steps=phase.steps,
                rate=phase.rate,
                pieces=3072,
                weights=phase.weights,
                checkpoint=args.work / "latest.pt",
                seed=seed,
                log=log,
            )
            torch.save(network.state_dict(), trained)
        network.load_state_dict(torch.load(trained))
        first = first or torch.load(trained)
    return network.eval()


def mix(network: Network, other: dict[str, torch.Tensor], *, share: float) -> None:
    """Leave a share of the weights that find attributions and put in the rest of others."""
    if share < 1:
        own = network.state_dict()
        mixed = {
            k: share * v + (1 - share) * other[k]
            for k, v in own.items()
            if k.startswith(_FINDS_ATTRIBUTIONS) and v.is_floating_point()
        }
        network.load_state_dict({**own, **mixed})


def digests(data: Path) -> dict[str, str]:
    """Return the SHA-256 of each file that training reads."""
    files = [
        *(data / "polnear" / f"{n}.jsonl.gz" for n in ("train", "train-second-annotators")),
        data / "acts" / "labels.jsonl",
        *sorted((data / "gold-train").glob("*.json")),
        *(data / "gum" / f"{genre}.conllu.gz" for genre in GUM_MEASURED + GUM_OTHERS),
        *(data / "crossner-politics" / f"{name}.txt" for name in ("train", "dev")),
        *sorted((data / "articles").glob("*.jsonl.gz")),
    ]
    named = {str(f.relative_to(data)): f for f in files} | {
        p.name: p for p in (LABELS, LABELS_HELD)
    }
    return {name: hashlib.sha256(f.read_bytes()).hexdigest() for name, f in named.items()}


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
    parser.add_argument("--minutes", type=float, default=85, help="ceiling of the training proper")
    parser.add_argument("--threads", type=int, default=2, help="as many as there are idle cores")
    return parser.parse_args()


def main() -> None:
    """Run every step that the work folder does not hold yet."""
    args = arguments()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    args.out.mkdir(parents=True, exist_ok=True)

    def log(line: str) -> None:
        print(time.strftime("%H:%M:%S"), line, file=sys.stderr, flush=True)

    source = pretrained.minilm(args.work) / "tokenizer.json"
    network = train(args, load_tokenizer(source), log)
    write_graph(network, args.out)
    version = f"rejoinder-en {__version__}"
    write_manifest(
        network, args.out, source, {"version": version, **UNTUNED, "data": digests(args.data)}
    )
    _, _, news, own = split_data(args.data)
    held = labelled(args.data, LABELS_HELD)
    log(json.dumps(tune(args.out, news, nesting=own, labelled=held)["scores"]))


if __name__ == "__main__":
    main()
