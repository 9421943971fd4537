"""Ties replies to what they answer in other articles."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection


def tie(connection: Connection, version: int, *, on: date | None) -> None:
    """Tie what a version's statements answer, and what answers them."""
