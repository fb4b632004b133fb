"""A file without the rest of its round: what became of its rows, and what is wrong in them."""

from __future__ import annotations

from assets.domain import audit, findings
from assets.domain.counting import count
from assets.domain.funnel import funnel
from assets.domain.reading import corrections
from assets.domain.reading.exports import claimed, forms_of
from assets.domain.reading.history import read
from assets.domain.waivers import in_force
from assets.received import Received
from assets.round import bodies_of, refuse_undeclared
from assets.tables import Tables, completed, in_round, table_of
from schemas.configuration.programme import Programme


def compute_alone(received: Received, programme: Programme) -> Tables:
    """What can be told of one file where the rest of its round is not there, or cannot be computed.

    Args: received: the file, and the corrections of it.
    Returns: core_source_column, raw_correction, core_funnel and core_finding. Nothing is held against other files.
    Raises: Stop if no form of the round claims the file, or a correction does not fit it.
    """
    refuse_undeclared(received, programme)
    key, spec = received.key, programme.rounds[received.key.year]
    [export] = [claimed(file, forms_of(programme, key.year)) for file in received.files]
    log = corrections.entries(received.log, [export])
    history = read([export], log, bodies_of(received, programme), programme)
    day = history.latest_day()
    counted = count(history.on(day), day, spec.late_reports)
    same = in_round(key) | {"provenance": export.file.card.reality}
    counts = completed("core_funnel", funnel(counted), same)
    in_tables = findings.of_tables({"core_funnel": counts}, findings.cells_of([export]))
    found = findings.numbered([*findings.in_rows(counted, [export], day), *in_tables])
    records = {
        "core_source_column": audit.source_columns([export], programme),
        "raw_correction": corrections.records_of(log, programme, day),
        "core_funnel": counts,
        "core_finding": findings.waived(found, in_force(spec.waivers, received.today), findings.stated_cases(counted)),
    }
    return {name: table_of(name, completed(name, rows, in_round(key))) for name, rows in records.items()}
