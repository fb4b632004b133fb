"""`python -m tests.sample [folder]`: write the sample rounds and their cards to a folder (`raw`)."""

import sys
from pathlib import Path

from tests.sample import round_2022, round_2023
from tests.sample.cards import CARD_SUFFIX, card_bytes, yaml_bytes
from tests.sample.inputs import PROGRAMME

ROUNDS = (round_2022, round_2023)


def write_rounds(folder: Path) -> None:
    """Write every round to `<folder>/<programme>/<year>/`; what else lies there is left alone."""
    for sample in ROUNDS:
        target = folder / PROGRAMME / str(sample.YEAR)
        target.mkdir(parents=True, exist_ok=True)
        for name, content in sample.files().items():
            (target / name).write_bytes(content)
            (target / (name + CARD_SUFFIX)).write_bytes(card_bytes(name, content))
        if corrections := sample.corrections():
            (target / "corrections.yaml").write_bytes(yaml_bytes({"corrections": corrections}))


if __name__ == "__main__":
    write_rounds(Path(sys.argv[1] if len(sys.argv) > 1 else "raw"))
