"""The received files of a round as the domain needs them: few, so read from raw_file as a list."""

from __future__ import annotations

from typing import Any

from assets.domain.forms import Received, positions
from assets.domain.frames import Frame
from assets.frames import records_of
from schemas import catalogue


def received_files(raw_file: Frame, fills: str | None = None) -> list[Received]:
    """Every file of the round, or those whose rows fill one table."""
    files = [_received(record) for record in records_of(raw_file)]
    return [file for file in files if fills in (None, file.form.fills)]


def _received(record: dict[str, Any]) -> Received:
    form = catalogue.programme(record["programme"]).forms[record["form"]]
    return Received(
        source_file=record["source_file"],
        source_sheet=record["source_sheet"],
        provenance=record["provenance"],
        header_row=int(record["header_row"]),
        form=form,
        positions=positions(form, record["header_cells"]),
        source_date=record["source_date"].isoformat(),
        is_replaced=record["is_replaced"],
    )
