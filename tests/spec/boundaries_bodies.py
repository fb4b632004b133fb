"""Both sides of every rule about organisation numbers, the registers of a programme, and amounts in thousands."""

from collections.abc import Callable

from tests.spec.arrivals import Found
from tests.spec.bodies_language import (
    ASSOCIATION,
    COMPANY,
    DECIDED,
    EVERY_COLUMN,
    NEEDED,
    TRADER,
    WITH_CODES,
    decided,
    outcome,
    register,
)
from tests.spec.boundaries import Boundary, Consequence

ONE = f"{ASSOCIATION} | Exempelföreningen | nonprofit_association"
IN_THOUSANDS = DECIDED.model_copy(update={"amounts_in": "thousands"})


def rows(*lines: str, beyond: str | None = None) -> Callable[[], Found]:
    """What is found in decisions. Args: beyond: a cell to the right of the last header, in the last row."""
    return lambda: outcome(decided(*lines, beyond=beyond)).tables["raw_finding"]


def thousands(line: str, beyond: str | None = None) -> Callable[[], Found]:
    """The same of a form in thousands, but for that it is told to be one."""

    def found() -> Found:
        whole = outcome(decided(line, form=IN_THOUSANDS, beyond=beyond), forms=(IN_THOUSANDS,))
        return [each for each in whole.tables["raw_finding"] if each["rule"] != "amounts_in_thousands"]

    return found


def of_register(*lines: str, columns: tuple[str, ...] = NEEDED) -> Callable[[], Found]:
    """What is found in a register of the programme."""
    return lambda: outcome(registers=[register(*lines, columns=columns)]).tables["raw_finding"]


def of_unit(unit: str) -> Callable[[], Found]:
    """What is found of a form in this unit."""
    form = DECIDED.model_copy(update={"amounts_in": unit})
    return lambda: outcome(decided(f"Exempelföreningen | {ASSOCIATION} | 5", form=form), forms=(form,)).tables[
        "raw_finding"
    ]


TWO_NAMESAKES = (ONE, "889999-0017 | Exempelföreningen | nonprofit_association")


def namesakes(number: str, beyond: str | None = None) -> Callable[[], Found]:
    """What is found in a row with a name that two have, but for that they do."""

    def found() -> Found:
        files = decided(f"Exempelföreningen | {number} | 5", beyond=beyond)
        whole = outcome(files, registers=[register(*TWO_NAMESAKES)])
        return [each for each in whole.tables["raw_finding"] if each["rule"] != "register_name_shared"]

    return found


BROKEN = {
    "name_by_number": f"Ideella sällskapet för exempel | {ASSOCIATION} | 5",
    "number_unreadable": "Exempelföreningen | 889999-000 | 5",
    "number_check_digit": "Exempelföreningen | 889999-0008 | 5",
    "number_missing": "Exempelföreningen | | 5",
}
"""A row for each rule that a row of decisions alone can break."""

BOUNDARIES = [
    *(
        Boundary(rule, holds=rows(f"Exempelföreningen | {ASSOCIATION} | 5"), breaks=rows(line))
        for rule, line in BROKEN.items()
    ),
    Boundary("name_shared", holds=namesakes(ASSOCIATION), breaks=namesakes("")),
    Boundary(
        "amount_in_kronor",
        holds=thousands(f"Exempelföreningen | {ASSOCIATION} | 5 tkr"),
        breaks=thousands(f"Exempelföreningen | {ASSOCIATION} | 5 kr"),
    ),
    Boundary("amounts_in_thousands", holds=of_unit("kronor"), breaks=of_unit("thousands")),
    Boundary(
        "register_value_unknown",
        holds=of_register(f"{ONE} || 99", columns=EVERY_COLUMN),
        breaks=of_register(f"{ONE} || 98", columns=EVERY_COLUMN),
    ),
    Boundary(
        "register_code_needed",
        holds=of_register(f"{TRADER} | Exempla Fiktivsson | sole_trader | 00001", columns=WITH_CODES),
        breaks=of_register(f"{TRADER} | Exempla Fiktivsson | sole_trader | 0001", columns=WITH_CODES),
    ),
    Boundary(
        "register_body_twice",
        holds=of_register(ONE, "889999-0017 | Föreningen Exempel | nonprofit_association"),
        breaks=of_register(ONE, f"{ASSOCIATION} | Föreningen Exempel | nonprofit_association"),
    ),
    Boundary(
        "register_name_shared",
        holds=of_register(ONE, "889999-0017 | Exempelföreningen 2 | nonprofit_association"),
        breaks=of_register(*TWO_NAMESAKES),
    ),
    Boundary(
        "register_kind_differs",
        holds=of_register(f"{COMPANY} | Exempelbolaget AB | company"),
        breaks=of_register(f"{ASSOCIATION} | Exempelbolaget AB | company"),
    ),
]

CONSEQUENCES = [
    *(Consequence(rule, "row_too_long", rows(line, beyond="5")) for rule, line in BROKEN.items()),
    Consequence("name_shared", "row_too_long", namesakes("", beyond="5")),
    Consequence("amount_in_kronor", "row_too_long", thousands(f"Exempelföreningen | {ASSOCIATION} | 5 kr", beyond="5")),
]
