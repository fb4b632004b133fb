"""`python -m pipelines.documentation.__main__`: write what is generated: pages of `docs/`, JSON schemas for editors.

Tests hold that they are up to date.

`python -m pipelines.documentation.__main__ rule-audit` writes the audit of the rules, which takes minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines.audit import report as rule_audit_report
from pipelines.audit import rule_audit
from pipelines.documentation import configuration
from pipelines.documentation.rulebook import rules_page
from pipelines.settings import raw_folder

ROOT = Path(__file__).parents[2]


def pages() -> dict[str, str]:
    """Every generated page by its path in the project."""
    return {
        "docs/rules.md": rules_page(),
        "docs/configuration.md": configuration.page(),
        **configuration.schema_files(),
    }


def rule_audit_pages() -> dict[str, str]:
    """The audit of the rules on the sample rounds, by its path in the project."""
    seed = rule_audit_report.DEFAULT_SEED
    return {"docs/rule-audit.md": rule_audit_report.page(rule_audit.audit(raw_folder(), seed), seed)}


def main() -> None:
    """Write the pages that were asked for."""
    for name, page in (rule_audit_pages() if "rule-audit" in sys.argv[1:] else pages()).items():
        (ROOT / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
