"""What all tests share: no network, an extractor without weights, readings made of a few words."""

from __future__ import annotations

import os
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

import rejoinder
from rejoinder import pipeline
from rejoinder.model import (
    Article,
    Attribution,
    Extraction,
    Kind,
    Mention,
    MentionKind,
    Mode,
    NameType,
    Reading,
    Span,
    Statement,
)

settings.register_profile("house", deadline=None, max_examples=50)
settings.load_profile("house")

ROOT = Path(__file__).parent.parent


class RegexFinder:
    """Finds "Somebody said something." and nothing else."""

    version = "regex-1"

    def extract(self, article: Article) -> Extraction:
        found = list(re.finditer(r"([A-Z]\w+) (said) ([^.\n]+)", article.text))
        return Extraction(
            attributions=tuple(
                Attribution(source=(m.span(1),), cue=(m.span(2),), content=(m.span(3),))
                for m in found
            ),
            mentions=tuple(_person(m.span(1)) for m in found),
        )


def _person(span: Span) -> Mention:
    return Mention(span=span, head=span, kind=MentionKind.NAME, type=NameType.PERSON)


@pytest.fixture
def finder() -> RegexFinder:
    """Return an extractor that needs no weights."""
    return RegexFinder()


@pytest.fixture
def no_weights(monkeypatch: pytest.MonkeyPatch, finder: RegexFinder) -> None:
    """Let the command and the Python functions use `finder`."""
    monkeypatch.setattr(pipeline, "load_extractor", lambda *, threads=1, precise=False: finder)
    monkeypatch.setattr(rejoinder, "_extractor", lambda: finder)


@pytest.fixture(scope="session")
def weights() -> None:
    """Skip the test where the weights have not been built."""
    try:
        pipeline.load_extractor()
    except rejoinder.WeightsError as problem:
        pytest.skip(f"no weights: {problem}")


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared folder with the data."""
    folder = Path(os.environ.get("REJOINDER_SHARED", ROOT.parent / "shared"))
    if not (folder / "data").is_dir():
        pytest.skip("no shared data beside the checkout; REJOINDER_SHARED may name its folder")
    return folder


Told = Callable[..., Reading]


@pytest.fixture(scope="session")
def told() -> Told:
    """Return a maker of readings: `told(text, (source, cue, content), …)`, parts by words."""

    def make(text: str, *said: tuple[str, str, str], **changes: object) -> Reading:
        statements = tuple(
            Statement(
                id=f"s{number}",
                kind=Kind.DIRECT if parts[2][:1] == "“" else Kind.INDIRECT,
                mode=Mode.SAID,
                source=_find(text, parts[0]),
                cue=_find(text, parts[1]),
                content=_find(text, parts[2]),
            )
            for number, parts in enumerate(said, 1)
        )
        fields: dict[str, object] = {"id": "report", "text": text, **changes}
        article = Article(**fields)  # type: ignore[arg-type]
        return Reading(article=article, statements=statements, weights="regex-1")

    return make


def _find(text: str, words: str) -> tuple[Span, ...]:
    start = text.index(words)
    return ((start, start + len(words)),) if words else ()


@pytest.fixture(autouse=True)
def _own_machine_only(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let no test reach beyond this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test wants to reach {host}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)
    yield


@pytest.fixture
def ports(tmp_path: Path, finder: RegexFinder) -> Path:
    """Return where a record lies that has one report, of twenty statements."""
    from rejoinder.store import Record

    with Record(tmp_path / "dispute.db") as record:
        run = record.begin(program="0", weights=finder.version)
        article = Article(id="report", text="Bo said the port was shut. " * 20, source="x.txt")
        record.add(pipeline.read_article(article, finder), run=run)
    return tmp_path / "dispute.db"
