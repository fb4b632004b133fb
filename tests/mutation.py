"""Mutation testing of `assets/domain`: small changes to the code that some test should notice; writes docs/mutation.md.

`python -m tests.mutation --seed 1 --count 300` takes about an hour. mutmut makes the changes and chooses the tests that
reach each of them; here some are drawn by chance, since all of them would take days, and what became of them is told.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from math import sqrt
from pathlib import Path
from random import Random

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.stats import status_by_exit_code
from mutmut.utils.format_utils import get_mutant_name

ROOT = Path(__file__).parents[1]
DOMAIN = Path("assets/domain")
PAGE = ROOT / "docs" / "mutation.md"
NOTICED = ("killed", "timeout", "segfault", "suspicious")
"""A test failed, or it never ended, or the program did not survive."""

INTRODUCTION = """# Mutation testing of the domain

Would the tests notice if `assets/domain` were changed? mutmut makes small changes to the code (a `<` becomes a `<=`, an
argument is left out), and each is held against the tests in `tests/spec` and `tests/unit` that reach it. Of all changes
some are drawn by chance. Written by `make mutation`.

*Noticed*: a test failed or never ended. *Survived*: every test passed. *Not reached*: no test runs the function.
A change that makes no difference survives too, so the score does not reach 100 %. The page is of the code as it was
when the page was made.
"""


def mutants() -> list[str]:
    """Every change that mutmut makes to the domain, by name."""
    return [
        get_mutant_name(path.relative_to(ROOT), name)
        for path in sorted((ROOT / DOMAIN).rglob("*.py"))
        for name in mutate_file_contents(str(path), path.read_text("utf-8")).mutant_names
    ]


def outcomes(names: set[str]) -> dict[str, str]:
    """What became of the mutants in the last run, in mutmut's words."""
    files = [json.loads(path.read_text("utf-8")) for path in (ROOT / "mutants" / DOMAIN).rglob("*.meta")]
    codes = {name: code for file in files for name, code in file["exit_code_by_key"].items()}
    return {name: status_by_exit_code[codes[name]] for name in sorted(names)}


def page(seed: int, every: list[str], found: Mapping[str, str]) -> str:
    """The page. Args: every: all mutants by name; found: those drawn, with what became of each."""
    drawn = Counter(map(_module, found))
    noticed = Counter(_module(name) for name, status in found.items() if status in NOTICED)
    unreached = Counter(_module(name) for name, status in found.items() if status == "no tests")
    reached = drawn.total() - unreached.total()
    low, high = bounds(noticed.total(), drawn.total())
    score = (
        f"**Seed {seed}: of {len(every)} changes {drawn.total()} were drawn, and {noticed.total()} were noticed:"
        f" {noticed.total() / drawn.total():.0%} (with 95 % confidence {low:.0%} to {high:.0%} of all)."
        f" Of the {reached} that a test reached it is {noticed.total() / reached:.0%}.**\n"
    )
    lines = [
        INTRODUCTION,
        score,
        "| module | changes | drawn | noticed | survived | not reached |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for module, count in sorted(Counter(map(_module, every)).items()):
        survived = drawn[module] - noticed[module] - unreached[module]
        lines.append(
            f"| `{module}` | {count} | {drawn[module]} | {noticed[module]} | {survived} | {unreached[module]} |"
        )
    lines += ["", "Those that survived, to be seen with `mutmut show NAME`:", "", *_survivors(found), ""]
    return "\n".join(lines)


def _module(name: str) -> str:
    """The module of a mutant, below the domain: `grant.ledger` of `assets.domain.grant.ledger.x_turn__mutmut_1`."""
    return name.removeprefix("assets.domain.").rpartition(".")[0]


def _survivors(found: Mapping[str, str]) -> Iterator[str]:
    yield from (f"- `{name}`" for name, status in found.items() if status not in (*NOTICED, "no tests"))


def bounds(part: int, whole: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share that was seen in a sample."""
    z = 1.96
    share, spread = part / whole, z * z / whole
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / whole + spread / (4 * whole)) / (1 + spread)
    return middle - half, middle + half


def main() -> None:
    """Draw, run, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=300)
    chosen = parser.parse_args()
    every = mutants()
    drawn = set(Random(chosen.seed).sample(every, chosen.count))  # noqa: S311 - repeatable on purpose
    subprocess.run([Path(sys.executable).parent / "mutmut", "run", "--max-children", "2", *drawn], cwd=ROOT, check=True)
    PAGE.write_text(page(chosen.seed, every, outcomes(drawn)), encoding="utf-8")


if __name__ == "__main__":
    main()
