"""The sample reports in a record of their own, for as long as somebody looks at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def sampled() -> Iterator[str]:
    """Give where a new record of the sample reports is; it goes when the block ends."""
    import rejoinder
    from rejoinder import pipeline
    from rejoinder.samples import sample_paths
    from rejoinder.store import Record

    with TemporaryDirectory(prefix="rejoinder-", ignore_cleanup_errors=True) as folder:
        where = str(Path(folder) / "samples.db")
        with Record(where) as record:
            sources = [str(path) for path in sample_paths()]
            for _ in pipeline.add_sources(sources, record, program=rejoinder.__version__):
                pass
        yield where
