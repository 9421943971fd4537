"""Templates: how a page's data becomes HTML.

Everything that a template prints is escaped; there is no way around that in any of them, and a test
looks.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from rejoinder.export import closing, issues, layout, surety, wording
from rejoinder.merge.told import Carrier
from rejoinder.text import GAP
from rejoinder.web import links

#: The whole style of all pages.
STYLE = Path(__file__).parent / "style.css"


@cache
def environment() -> Environment:
    """Return the templates, ready to be filled."""
    made = Environment(
        loader=PackageLoader("rejoinder.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "calls": closing.calls,
        "count": layout.count,
        "day": layout.day,
        "doing": wording.doing,
        "doubt": surety.doubt,
        "issue": issues.name,
        "minute": layout.minute,
        "outlet": layout.outlet,
        "percent": surety.percent,
        "plain": layout.printable,
        "ruled": wording.ruled,
        "short": short,
        "sure": surety.word,
    }
    # What a page knows that stands alone in a file; all others are of a site.
    made.globals |= {"links": links, "outside_of": outside_of, "alone": None}
    made.globals |= {"scale": surety.SCALE, "kinds": layout.KINDS}
    return made


def html(template: str, **given: object) -> bytes:
    """Fill a template; half a character of a broken report becomes a question mark."""
    return environment().get_template(template).render(given).encode("utf-8", "replace")


def short(words: str, most: int = 80) -> str:
    """Return words on one line, the end of long ones left out where words part."""
    line = layout.printable(words)
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + GAP.rstrip()


def outside_of(carrier: Carrier) -> str | None:
    """Return where the words of a version stand at its outlet."""
    start, end = carrier.content[0]
    return links.outside(carrier.url, carrier.text[start:end])
