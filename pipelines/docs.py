"""`python -m pipelines.docs`: write the pages of `docs/` that are generated. A test holds that they are up to date."""

from __future__ import annotations

from pathlib import Path

from pipelines.rulebook import rules_page

DOCS = Path(__file__).parents[1] / "docs"


def pages() -> dict[str, str]:
    """Every generated page by its file name."""
    return {"rules.md": rules_page()}


def main() -> None:
    """Write every page."""
    for name, page in pages().items():
        (DOCS / name).write_text(page, "utf-8")


if __name__ == "__main__":
    main()
