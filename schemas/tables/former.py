"""What queries of the version before read: views of the database, which stand beside the tables for one version."""

from __future__ import annotations

from importlib import resources


def create_views() -> list[str]:
    """One statement per view."""
    text = resources.files("schemas.tables").joinpath("former.sql").read_text("utf-8")
    told = "\n".join(line for line in text.splitlines() if not line.startswith("--"))
    return [statement.strip() for statement in told.split(";") if statement.strip()]
