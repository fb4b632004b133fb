"""`python -m pipelines.audit`: write the audit of the rules on the sample rounds.

As the page `docs/rule-audit.md`, and as the figures that validation reports tell of it.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from pipelines.audit import report, rule_audit
from pipelines.reports.audited import FIGURES

ROOT = Path(__file__).parents[2]
PAGE = "docs/rule-audit.md"


def written(date: dt.date) -> tuple[str, str]:
    """The page and the figures as they come out now."""
    seed, raw = report.DEFAULT_SEED, ROOT / "raw"
    planted, held = rule_audit.audit(raw, seed), rule_audit.held(raw)
    return report.page(planted, seed, held), json.dumps(report.figures(planted, seed, date), indent=1) + "\n"


def main() -> None:
    """Write both. The date of the figures is that of the day on which they last came out otherwise."""
    page, figures = written(dt.datetime.now(dt.UTC).date())
    (ROOT / PAGE).write_text(page, "utf-8")
    before = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    if before | {"date": ""} != json.loads(figures) | {"date": ""}:
        FIGURES.write_text(figures, "utf-8")


if __name__ == "__main__":
    main()
