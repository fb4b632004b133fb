"""A project of any size: so many recipients, so many rounds, and names that are misspelt, all drawn and repeatable.

Each round has a decision, a report and what happened in the case of every recipient. They are told by organisation
numbers of a register of the programme's own, since codes of four digits end at ten thousand.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import yaml
from stdnum import luhn

from schemas.configuration import catalogue
from schemas.configuration.forms import Form

ROOT = Path(__file__).parents[2]
COPIED = ("assets", "pipelines", "schemas", "raw/reference")
NAME = "stadigvarande-boende"
PROGRAMME = catalogue.programme(NAME)
FORMS = ("decisions", "events", "usage_report_2022")
FIRST_YEAR = 2000
SYLLABLES = "ba be bo da de do fa fe fo ga ge ha he hol ka ke ko la le lin ma me mo na ne ra re sta sun ta te to va vik"
HAPPENS = ("Utbetalning", "Kommunicering", "Beslut om återkrav", "Faktura", "Återbetalning")
GRANTED = 100_000
REGISTER = "recipients.csv"

Record = dict[str, str]


def grown(folder: Path, recipients: int, *, rounds: int = 1, misspelt: float = 0) -> Path:
    """The project in a new folder, with rounds of the years from FIRST_YEAR on. Args: misspelt: which part of names."""
    draw = Random(recipients)  # noqa: S311 - repeatable on purpose
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "tests").mkdir()
    for name in ("pyproject.toml", "tests/__init__.py", "tests/unexamined.py"):
        shutil.copy(ROOT / name, folder / name)
    years = range(FIRST_YEAR, FIRST_YEAR + rounds)
    _declare(folder / "schemas/programmes" / NAME, years)
    names = _names(recipients, draw)
    _write(folder / "raw/reference" / REGISTER, _bodies(names))
    for year in years:
        written = [_misspelt(name, draw) if draw.random() < misspelt else name for name in names]
        for form, records in _exports(written, year, draw).items():
            rows = _rows(PROGRAMME.forms[form], records)
            _write(folder / "raw" / NAME / str(year) / f"{form}.csv", rows, day=dt.date(year + 1, 12, 1))
    return folder


def _declare(programme: Path, years: Iterable[int]) -> None:
    """Rounds of these years in place of the programme's own, which its reports are about."""
    shutil.rmtree(programme / "reports")
    declared = yaml.safe_load((programme / "programme.yaml").read_text("utf-8"))
    declared |= {"recipients": ["other"], "registers": [f"reference/{REGISTER}"], "aliases": {}}
    declared["rounds"] = {
        year: {
            "cost_period": {"from": None, "to": dt.date(year, 12, 31)},
            "late_reports": "accept",
            "forms": list(FORMS),
        }
        for year in years
    }
    (programme / "programme.yaml").write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")


def _names(count: int, draw: Random) -> list[str]:
    """Names of which no two are the same; few are like each other."""
    names: dict[str, None] = {}
    while len(names) < count:
        names["".join(draw.choices(SYLLABLES.split(), k=draw.randrange(4, 7))).capitalize()] = None
    return list(names)


def _misspelt(name: str, draw: Random) -> str:
    at = draw.randrange(1, len(name))
    return name[:at] + "x" + name[at + 1 :]


def _bodies(names: Sequence[str]) -> Iterator[list[str]]:
    yield ["organisation_number", "recipient_name", "kind", "county_code"]
    numbers = (str(99_9900_000 + number) for number in range(len(names)))
    yield from (
        [f"{nine}{luhn.calc_check_digit(nine)}", name, "other", "99"] for nine, name in zip(numbers, names, strict=True)
    )


def _exports(names: Sequence[str], year: int, draw: Random) -> dict[str, list[Record]]:
    whose = [{"recipient_name": name, "case_number": f"EX {year}-{at:05}"} for at, name in enumerate(names)]
    unused = [draw.choice((0, draw.randrange(1, 40_000))) for _ in whose]
    return {
        "decisions": [each | {"granted_sek": str(GRANTED), "decided_date": f"{year}-03-01"} for each in whose],
        "usage_report_2022": [_report(*each, year, draw) for each in zip(whose, unused, strict=True)],
        "events": [event for each in zip(whose, unused, strict=True) for event in _events(*each, year, draw)],
    }


def _report(whose: Record, unused: int, year: int, draw: Random) -> Record:
    return whose | {
        "submission_id": whose["case_number"],
        "submission_status": "Inlämnad",
        "submitted_at": f"{year + 1}-02-{draw.randrange(1, 29):02} 10:00",
        "granted_as_reported_sek": str(GRANTED),
        "used_sek": str(GRANTED - unused),
        "unused_sek": str(unused),
        "counterfactual": draw.choice(("Nej", "Ja, alla", "Vet ej")),
    }


def _events(whose: Record, unused: int, year: int, draw: Random) -> Iterator[Record]:
    """The grant is paid; what is left of it is claimed, and nearly all recipients repay."""
    for order, name in enumerate(HAPPENS[: draw.choices((5, 3), (20, 1))[0] if unused else 1]):
        day = f"{year}-04-01" if not order else f"{year + 1}-{2 + order * 2:02}-01"
        amount = str(unused if order else GRANTED)
        said = {"event": name, "amount_sek": amount, "event_date": day, "recorded_date": day}
        yield whose | said | {"event_no": f"{whose['case_number']}-{order}", "decided_by": "A. Chef", "reason": "-"}


def _rows(form: Form, records: Iterable[Record]) -> Iterator[list[str]]:
    headers = form.headers()
    yield list(headers.values())
    yield from ([record.get(slot, "") for slot in headers] for record in records)


def _write(path: Path, rows: Iterable[list[str]], day: dt.date = dt.date(2026, 1, 1)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    content = text.getvalue().encode()
    card = {"title": path.stem, "origin": "Drawn to measure", "date": day, "reality": "synthetic"}
    card |= {"licence": "That of this repository", "sha256": hashlib.sha256(content).hexdigest()}
    path.write_bytes(content)
    path.with_name(f"{path.name}.card.yaml").write_text(yaml.safe_dump(card), "utf-8")
