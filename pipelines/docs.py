"""`python -m pipelines.docs`: write the pages of `docs/` that are generated. Tests hold that they are up to date.

`python -m pipelines.docs rule-audit` writes the audit of the rules, which takes minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from pipelines import rule_audit, rule_audit_report
from pipelines.rulebook import rules_page
from pipelines.settings import raw_folder

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {"rules.md": rules_page()}


def rule_audit_pages() -> dict[str, str]:
    """The audit of the rules on the sample rounds, by its file name."""
    seed = rule_audit_report.DEFAULT_SEED
    return {"rule-audit.md": rule_audit_report.page(rule_audit.audit(raw_folder(), seed), seed)}


def main() -> None:
    """Write the pages that were asked for."""
    for name, page in (rule_audit_pages() if "rule-audit" in sys.argv[1:] else pages()).items():
        (DOCS / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
