"""`python -m pipelines.documentation.__main__`: write what is generated: pages of `docs/`, JSON schemas for editors.

Tests hold that they are up to date. `python -m pipelines.audit` writes the audit of the rules.
"""

from __future__ import annotations

from pathlib import Path

from pipelines.documentation import configuration, figures
from pipelines.documentation.rulebook import rules_page

ROOT = Path(__file__).parents[2]


def pages() -> dict[str, str]:
    """Every generated page by its path in the project."""
    return {
        "docs/rules.md": rules_page(),
        "docs/configuration.md": configuration.page(),
        "docs/figures.md": figures.page(),
        **configuration.schema_files(),
    }


def main() -> None:
    """Write every page."""
    for name, page in pages().items():
        (ROOT / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
