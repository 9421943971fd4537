"""Readings made by several processes at once, in the order of the articles.

`reader_of` gives a `pipeline.Reader`: the plain one for a single job, a `Crew` for more. Each
worker of a crew loads the model for itself; opening sources, keeping order and writing to a record
stay with the process that called. Little is under way at a time, so that memory stays flat.

The one idea: articles and readings go through pipes, and a pipe tells when the other end is gone.
So a worker that is killed ends the run with an error, and when the run itself is killed its workers
go too.
"""

from __future__ import annotations

import os
import pickle
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context, resource_tracker
from multiprocessing.connection import Connection, wait
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import Any, Generic, TypeVar

from rejoinder import pipeline
from rejoinder.errors import WorkerError
from rejoinder.model import Article, Reading
from rejoinder.pipeline import Alone, Finder, Reader, read_article
from rejoinder.resolve import Book

#: Articles that a worker has at a time: one that it reads, and one so that it need not wait.
_AHEAD = 2
#: Readings a worker that may wait for one that comes before them.
_WINDOW = 8
#: How long a process that closed its pipe may take to end, in seconds.
_PATIENCE = 5

_Other = TypeVar("_Other")


@contextmanager
def reader_of(
    *, jobs: int = 1, threads: int = 1, book: Book | None = None, precise: bool = False
) -> Iterator[Reader]:
    """Give what reads articles with the shipped weights, in `jobs` processes.

    With `precise`, it leaves out what is right less than 95 times of 100.

    Programs that ask for more than one need the line `if __name__ == "__main__":`, as with all of
    Python's `multiprocessing`.

    Raises:
        WeightsError: The weights are missing, damaged or of another make.
    """
    load = partial(pipeline.load_extractor, threads=threads, precise=precise)
    if jobs == 1:
        yield Alone(extractor=load(), book=book)
        return
    with Crew(load, jobs=jobs, book=book) as crew:
        yield crew


@dataclass(slots=True)
class _Place(Generic[_Other]):
    """A place in the order of what comes out; `item` is there when it is done."""

    source: str = ""
    item: Reading | _Other | None = None


class Crew:
    """Several processes that read; use it as a context, which ends them."""

    def __init__(self, load: Callable[[], Finder], *, jobs: int, book: Book | None = None) -> None:
        """Make a crew that is not at work yet.

        Args:
            load: Called in each worker, so it has to survive pickling; gives what finds the
                attributions.
            jobs: How many processes.
            book: An actor book.
        """
        self._start = partial(_Worker, load, book)
        self._jobs = jobs
        self._workers: list[_Worker] = []

    def __enter__(self) -> Crew:
        """Start the workers and wait until one of them is ready.

        Raises:
            WorkerError: One of them died. What `load` raises is raised here too.
        """
        try:
            while len(self._workers) < self._jobs:
                self._workers.append(self._start())
            while not self.version:
                self._collect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the workers, whatever they are doing: they hold nothing that could be lost."""
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    @property
    def version(self) -> str:
        """Name and version of the weights."""
        return next((worker.version for worker in self._workers if worker.version), "")

    def read(self, items: Iterable[Article | _Other]) -> Iterator[Reading | _Other]:
        """Yield the readings of the articles among `items`, in order; what is none passes by.

        Raises:
            WorkerError: A worker died. What goes wrong in one otherwise is raised as it is there,
                with the worker's trace as a note.
        """
        places: deque[_Place[_Other]] = deque()
        for item in items:
            if isinstance(item, Article):
                places.append(_Place(source=item.source or item.id))
                self._hand_out(item, places[-1])
            else:
                places.append(_Place(item=item))
            yield from self._in_order(places, leaving=self._jobs * _WINDOW)
        yield from self._in_order(places, leaving=0)

    def _in_order(
        self, places: deque[_Place[_Other]], *, leaving: int
    ) -> Iterator[Reading | _Other]:
        """Yield what is done and next; wait for more where too much is under way."""
        while places and (places[0].item is not None or len(places) > leaving):
            item = places[0].item
            if item is None:
                self._collect()
            else:
                places.popleft()
                yield item

    def _hand_out(self, article: Article, place: _Place[_Other]) -> None:
        self._collect(timeout=0)
        while min(len(worker.places) for worker in self._workers) == _AHEAD:
            self._collect()
        min(self._workers, key=lambda worker: len(worker.places)).hand(article, place)

    def _collect(self, *, timeout: float | None = None) -> None:
        """Take what the workers have ready; wait for something, or as long as is said."""
        for pipe in wait([worker.pipe for worker in self._workers], timeout):
            next(worker for worker in self._workers if worker.pipe is pipe).take()


class _Worker:
    """A process that reads, as seen by the one that started it."""

    def __init__(self, load: Callable[[], Finder], book: Book | None) -> None:
        # Always a fresh process: the model's run time does not survive a fork.
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        #: Of the articles that it has, in their order.
        self.places: deque[_Place[Any]] = deque()
        #: Of the weights; empty until they are loaded.
        self.version = ""
        self._process = context.Process(target=_work, args=(theirs, load, book), daemon=True)
        with _uninterrupted():
            self._process.start()
        theirs.close()

    def hand(self, article: Article, place: _Place[Any]) -> None:
        """Give it an article, and the place where the reading goes."""
        self.places.append(place)
        try:
            self.pipe.send(article)
        except OSError:
            raise self._gone() from None

    def take(self) -> None:
        """Take what it has sent."""
        try:
            sent = self.pipe.recv()
        except (EOFError, OSError):
            raise self._gone() from None
        if isinstance(sent, BaseException):
            raise sent
        if isinstance(sent, Reading):
            self.places.popleft().item = sent
        else:
            self.version = sent

    def end(self) -> None:
        """Kill it, and wait until it is gone."""
        self._process.kill()
        self._process.join()
        self.pipe.close()

    def _gone(self) -> WorkerError:
        self._process.join(_PATIENCE)
        reading = self.places[0].source if self.places else None
        return WorkerError(reading, self._process.exitcode)


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let the processes that are started in this block take no notice of Ctrl-C.

    The terminal sends it to all of them, and each would print a trace; whoever started them ends
    them.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows; see `_work`
        yield
        return
    resource_tracker.ensure_running()  # started later, it would let the signal through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(pipe: Connection, load: Callable[[], Finder], book: Book | None) -> None:
    """Be a worker: send the version of the weights, then a reading for each article that comes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    articles: SimpleQueue[Article] = SimpleQueue()
    Thread(target=_receive, args=(pipe, articles), daemon=True).start()
    try:
        extractor = load()
        pipe.send(extractor.version)
        while True:
            pipe.send(read_article(articles.get(), extractor, book=book))
    except Exception as error:
        pipe.send(_portable(error))


def _receive(pipe: Connection, articles: SimpleQueue[Article]) -> None:
    """Take articles in while others are read, so that whoever sends them never waits long."""
    while True:
        try:
            articles.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(1)  # nobody waits for the reading under way, which may take long


def _portable(error: Exception) -> Exception:
    """Return an error with its trace as a note, in a form that survives the pipe."""
    note = f"in a worker process:\n{traceback.format_exc()}"
    error.add_note(note)
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        error = RuntimeError(repr(error))
        error.add_note(note)
    return error
