"""The pictures of the pages: small, light and dark, and shown somewhere."""

from __future__ import annotations

import re

from bench.screenshots import IMAGES, MOST


def test_pictures_are_small_and_shown_in_both_themes() -> None:
    pictures = sorted(IMAGES.iterdir())
    assert len(pictures) >= 8
    shown: set[str] = set()
    for document in IMAGES.parent.glob("*.md"):
        shown |= set(re.findall(r"images/([\w-]+\.webp)", document.read_text("utf-8")))
    assert shown == {picture.name for picture in pictures}
    for picture in pictures:
        assert picture.stat().st_size <= MOST, picture.name
        theme = picture.stem.rpartition("-")[2]
        other = {"light": "dark", "dark": "light"}[theme]
        assert picture.with_name(picture.name.replace(theme, other)).exists()


def test_no_picture_is_shown_that_is_not_there() -> None:
    for document in (IMAGES.parent.parent / "README.md", *IMAGES.parent.glob("*.md")):
        for name in re.findall(r"images/([\w-]+\.\w+)", document.read_text("utf-8")):
            assert (IMAGES / name).exists(), (document.name, name)
