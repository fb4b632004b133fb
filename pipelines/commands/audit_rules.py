"""`statsbidrag audit-rules`: which planted faults the rules find."""

from __future__ import annotations

from pathlib import Path

from pipelines.commands import printer
from pipelines.commands.command import Option, csv_option, declared, json_option, raw_option, received
from pipelines.commands.spoken import language


@declared(
    "audit-rules",
    Option("--seed", type=int, default=1, show_default=True, about="seed_of_faults", unit="number"),
    json_option(),
    csv_option(),
    raw_option(),
)
def command(*, seed: int, shape: printer.Shape, raw: Path | None) -> int:
    """Plant faults in copies, and show what became of them."""
    folder = received(raw)
    from pipelines.audit import report as rule_audit_report  # noqa: PLC0415 - heavy
    from pipelines.audit.rule_audit import audit, held  # noqa: PLC0415 - heavy

    planted, on = audit(folder, seed), held(folder)
    printer.show(
        shape,
        lines=lambda: rule_audit_report.lines(planted, seed, language(), on),
        document=lambda: rule_audit_report.report(planted, seed, on),
        table=lambda: rule_audit_report.records(planted),
    )
    return 0
