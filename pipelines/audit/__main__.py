"""`python -m pipelines.audit`: write the audit of the rules on the sample rounds, `docs/rule-audit.md`."""

from __future__ import annotations

from pathlib import Path

from pipelines.audit import report, rule_audit

ROOT = Path(__file__).parents[2]
PAGE = "docs/rule-audit.md"


def page() -> str:
    """The page as it comes out now."""
    return report.page(rule_audit.audit(ROOT / "raw", report.DEFAULT_SEED), report.DEFAULT_SEED)


def main() -> None:
    """Write the page."""
    (ROOT / PAGE).write_text(page(), "utf-8")


if __name__ == "__main__":
    main()
