"""Rebuild the shipped weights: `python -m training.run --data DATA`, what `make train` calls.

MiniLM learns attributions first and then everything at once; what finds attributions becomes an
average of the two, and everything is learnt once more, gently. What labels teach is learnt for
longer, with a third of the news that the attributions are from; the average of the network before
and after that is kept. The longest phase is the last: what judges attributions, its own layers
included, goes on learning while all else is held fast. What it learnt is exported to int8; what
words say by themselves is learnt beside it. Thresholds, confidence and what the two
count come from articles held out of all of it. Steps, seeds and data are fixed; minutes are a
ceiling that only a slow machine reaches. What a phase gives is kept in the work folder, so a run
that was stopped goes on with the next; empty the folder when settings have changed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer

from rejoinder import __version__
from rejoinder.wordpieces import SHIPPED, load_tokenizer
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
from training.encoder import BRANCHES
from training.export import write_graph, write_manifest
from training.fit import fit
from training.losses import ATTRIBUTIONS, EVERYTHING, Item
from training.network import ATTRIBUTION_HEADS, Network
from training.shipped import load_shipped
from training.tune import UNTUNED, tune
from training.wording import write_wording

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
    #: Whether corpora without attributions are read too, and the share of the news with them that
    #: is read each time.
    everything: bool = True
    news: float = 1.0
    own: int = OWN
    crossner: int = CROSSNER
    #: What of the network it begins with, and the phase that the rest of that is taken from.
    share: float = 1.0
    other: str = "attributions"
    #: How many times faster heads and chains learn: they start from nothing, and the few numbers of
    #: the chains have furthest to go.
    haste: tuple[float, float] = (4.0, 40.0)
    #: Beginnings of the names of the parameters that are averaged so, and of those held fast.
    mixed: tuple[str, ...] = ("",)
    fast: tuple[str, ...] = ()

    @property
    def branches(self) -> tuple[str, ...]:
        """Which branches of the encoder it teaches."""
        wanted = {"attribution": set(ATTRIBUTIONS), "rest": set(EVERYTHING) - set(ATTRIBUTIONS)}
        return tuple(name for name in BRANCHES if wanted[name] & self.weights.keys())

    @property
    def cost(self) -> float:
        """How long it takes, in steps that teach all layers.

        Where only the last ones learn, two cores read 7,400 pieces a second in place of 2,400.
        """
        return self.steps / 3 if set(_SHARED) <= set(self.fast) else self.steps


#: Beginnings of the names of parameters that all share, and that only find attributions.
_SHARED = ("encoder.words", "encoder.places", "encoder.norm", "encoder.trunk")
_FINDS = (
    "encoder.branches.attribution",
    *(f"heads.{name}." for name in ATTRIBUTION_HEADS),
    *("distance", "chains.cue", "chains.part"),
)
PHASES = (
    Phase(name="attributions", steps=2000, rate=2.5e-4, weights=ATTRIBUTIONS, everything=False),
    Phase(name="everything", steps=2700, rate=2e-4, weights=EVERYTHING),
    # Between the two lies a network that is better at attributions than either (model soups,
    # Wortsman et al., ICML 2022); everything else has to follow it there.
    Phase(
        name="again",
        steps=800,
        rate=1e-4,
        weights=EVERYTHING,
        share=0.65,
        mixed=(*_SHARED, *_FINDS),
    ),
    # Labels still teach when the news has been learnt by heart.
    Phase(name="labels", steps=1800, rate=1.5e-4, weights=EVERYTHING, news=0.33, crossner=10),
    Phase(
        name="judging",
        steps=6000,
        rate=1.8e-4,
        weights={name: w for name, w in EVERYTHING.items() if name not in ATTRIBUTIONS},
        news=0.25,
        own=3,
        crossner=5,
        share=0.6,
        other="again",
        fast=(*_SHARED, *_FINDS),
    ),
)


def train(args: argparse.Namespace, tokenizer: Tokenizer, log: Log) -> Network:
    """Train the network phase by phase, or load what the work folder has of it."""
    network = Network(pretrained.minilm(args.work))
    phases = PHASES
    if args.begin:
        load_shipped(network, args.begin)
        # What has been learnt to the end is lost at the rates that it was learnt at: see the log in
        # docs/experiments.md.
        phases = (replace(PHASES[-1], name="further", share=1.0, rate=4e-5, haste=(1.0, 1.0)),)
    for seed, phase in enumerate(phases, start=1):
        trained = args.work / f"{phase.name}.pt"
        if not trained.exists():
            if phase.share < 1:
                mix(network, torch.load(args.work / f"{phase.other}.pt"), phase)
            for name, parameter in network.named_parameters():
                parameter.requires_grad_(not name.startswith(phase.fast or ("-",)))
            fit(
                network,
                epochs(phase, args.data, tokenizer),
                marks=marks_of(tokenizer),
                minutes=args.minutes * phase.cost / sum(p.cost for p in phases),
                steps=phase.steps,
                rate=phase.rate,
                pieces=3072,
                weights=phase.weights,
                checkpoint=args.work / "latest.pt",
                branches=phase.branches,
                haste=phase.haste,
                seed=seed,
                log=log,
            )
            torch.save(network.state_dict(), trained)
        network.load_state_dict(torch.load(trained))
    return network.eval()


def epochs(phase: Phase, data: Path, tokenizer: Tokenizer) -> Callable[[Random], list[Item]]:
    """Give what makes the windows of an epoch of a phase, anew each time."""
    news, own, _, _ = split_data(data)
    documents = own * phase.own
    if phase.everything:
        documents += labelled(data) + gum_split(data)[0]
        documents += crossner(data, "train", "dev") * phase.crossner

    def make(rng: Random) -> list[Item]:
        some = rng.sample(news, round(len(news) * phase.news))
        return epoch(some + documents, tokenizer, rng, passages=0.45)

    return make


def mix(network: Network, other: dict[str, torch.Tensor], phase: Phase) -> None:
    """Leave a phase's share of the weights that it mixes, and put in the rest of others."""
    own = network.state_dict()
    mixed = {
        k: phase.share * v + (1 - phase.share) * other[k]
        for k, v in own.items()
        if k.startswith(phase.mixed) and v.is_floating_point()
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
    parser.add_argument(
        "--begin", type=Path, help="weights to begin with: only the last phase is run, from these"
    )
    parser.add_argument("--minutes", type=float, default=240, help="ceiling of the training proper")
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
    news, own, held_news, held_own = split_data(args.data)
    write_wording(news + own + labelled(args.data), load_tokenizer(source), args.out)
    version = f"rejoinder-en {__version__}"
    write_manifest(
        network, args.out, source, {"version": version, **UNTUNED, "data": digests(args.data)}
    )
    held = labelled(args.data, LABELS_HELD)
    log(json.dumps(tune(args.out, held_news, nesting=held_own, labelled=held)["scores"]))


if __name__ == "__main__":
    main()
