"""What the generator starts from: the printed annex, the printed counts, and the declared fictitious names.

Only reading. What the numbers are, and where they are printed, is said in the data files.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PROGRAMME = "stadigvarande-boende"
HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
DECLARATIONS = ROOT / "schemas" / "programmes" / PROGRAMME

Margins = Mapping[str, Mapping[str, int]]
"""Group or question -> figure or option id -> printed number."""


@dataclass(frozen=True)
class AnnexRow:
    """One recipient of Bilaga 1, its name exactly as printed, amounts in whole kronor."""

    name: str
    granted_sek: int
    unused_sek: int

    @property
    def funds_use(self) -> str:
        """Which option of the question `funds_use` the printed amounts answer to."""
        if self.unused_sek == 0:
            return "all"
        return "none" if self.unused_sek == self.granted_sek else "part"


def load_yaml(path: Path) -> Any:
    """One YAML file; UTF-8 whatever the machine's locale says."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def annex() -> list[AnnexRow]:
    """The 54 rows of Bilaga 1, in printed order."""
    return [
        AnnexRow(row["name"], int(row["granted_sek"]), int(row["unused_sek"]))
        for row in _records(HERE / "annex_2023.csv")
    ]


def margins(year: int) -> Margins:
    """The printed numbers of one round, without the notes on where they are printed."""
    return {group: entry["figures"] for group, entry in load_yaml(HERE / "margins.yaml")[year].items()}


def fictitious_names() -> list[str]:
    """The declared overlay of recipients that do not exist, in order."""
    return [row["municipality_name"] for row in _records(ROOT / "raw" / "reference" / "fictitious.csv")]


def _records(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=";"))
