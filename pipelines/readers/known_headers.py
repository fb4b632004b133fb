"""The headers that forms declare, by which the delimiter of a text file is known: readers know no more of forms."""

from __future__ import annotations

from collections.abc import Iterable

from assets.domain.reading.forms import likeness
from schemas.configuration import catalogue
from schemas.configuration.faults import ConfigurationError
from schemas.configuration.forms import Form


def like_a_header(path: str, rows: list[list[str]]) -> tuple[float, int]:
    """How like the header of a form one of the first rows is: of the programme in whose folder the file lies, or any.

    Args: path: below the raw folder. Returns: the share of a form's headers (1 is all), and how many that is.
    """
    return likeness(rows, _forms(path.partition("/")[0]))


def _forms(programme: str) -> Iterable[Form]:
    names = catalogue.programme_names()
    for name in [programme] if programme in names else names:
        try:
            yield from catalogue.programme(name).forms.values()
        except ConfigurationError:
            continue  # told when the programme itself is read
