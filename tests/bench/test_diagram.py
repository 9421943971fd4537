"""The reliability diagram: well-formed, a bar for each bin that has anything."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.diagram import MARGIN, SIDE, draw
from bench.measures import into_bins

CHANCES = st.lists(st.tuples(st.floats(0, 1), st.booleans()))
SVG = "{http://www.w3.org/2000/svg}"


@given(CHANCES)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_bin_that_has_anything_is_a_bar_within_the_square(
    tmp_path: Path, chances: list[tuple[float, bool]]
) -> None:
    bins = into_bins([c for c, _ in chances], [r for _, r in chances])
    draw(bins, tmp_path / "drawn.svg")
    _, *bars = ElementTree.parse(tmp_path / "drawn.svg").getroot().iter(f"{SVG}rect")
    assert len(bars) == sum(b.count > 0 for b in bins)
    for bar in bars:
        top, height = float(bar.attrib["y"]), float(bar.attrib["height"])
        assert top >= MARGIN and abs(top + height - MARGIN - SIDE) < 0.2
