"""What was found in the rows and the tables of a round, and which rules found it."""

from __future__ import annotations

from collections.abc import Iterable

from assets.domain import audit, findings
from assets.domain.trials import Material, TableTrials, trials
from assets.written.computed import Computed, Record


def audit_tables(this: Computed, in_tables: Iterable[findings.Finding], tried: TableTrials) -> dict[str, list[Record]]:
    """The findings in received rows, and in the tables that are made of them (`in_tables`); on what rules were held."""
    exports = this.history.exports
    in_register = findings.of_register(this.received.register.faults)
    in_rows = [*in_register, *findings.in_rows(this.counted, exports, this.known)]
    cases = findings.stated_cases(this.counted)
    found = findings.waived(findings.numbered([*in_rows, *in_tables]), this.waivers, cases)
    counts = audit.counted_by_rule(found)
    material = Material(this.received, this.programme, exports, this.counted, this.log, this.known)
    of_round = {"provenance": this.provenance}
    return {
        "raw_finding": findings.numbered(in_rows),
        "core_finding": found,
        "core_waiver": [
            row | of_round for row in audit.waivers_of(this.spec.waivers, found, cases, this.received.today)
        ],
        "core_rule_result": [
            row | of_round for row in audit.rule_results(this.programme, counts, trials(material, tried))
        ],
    }
