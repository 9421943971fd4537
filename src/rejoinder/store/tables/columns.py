"""What all tables of a record share: the list that they are in, and two kinds of column."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, MetaData

metadata = MetaData(
    naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s", "fk": "fk_%(column_0_label)s"}
)


def id_() -> Column[int]:
    """Return the number of a row."""
    return Column("id", Integer, primary_key=True)


def of(table: str, name: str, *, null: bool = False) -> Column[int]:
    """Return the number of a row of a table that a row belongs to."""
    return Column(name, Integer, ForeignKey(f"{table}.id"), nullable=null, index=True)
