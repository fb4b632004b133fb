"""Who is left out of a figure, why, and how many kronor that is; and how real what is left in is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assets.domain.figures.lineage import Cell, files_of
from assets.domain.figures.values import GRANT, RECIPIENT, Figure, Outside, Row, Rows
from assets.domain.figures.world import World
from assets.domain.reality import provenance_of


def left_out(world: World, figure: Figure, cells: Iterable[Cell]) -> list[Outside]:
    """Everybody that a figure says nothing of, once for each reason."""
    found: dict[tuple[object, ...], Outside] = {}
    for use in figure.uses:
        rows = use.rows
        valueless = [_told(world, "no_value", use.unknown)] if use.unknown else []
        for each in (*_of_rows(world, rows), *valueless, *_unplaced(world, rows, use.name)):
            found.setdefault((each.reason, rows.kind, rows.year, each.count, each.grants), each)
    for each in _set_aside(world, tuple(cells)):
        found.setdefault((each.reason, each.grants), each)
    return list(found.values())


def _of_rows(world: World, rows: Rows) -> Iterator[Outside]:
    yield from rows.outside
    if rows.doubtful:
        yield _told(world, "not_known", rows.doubtful)
    inside = {each.key for each in (*rows.chosen, *rows.doubtful)}
    if others := [each for each in rows.base if each.key not in inside]:
        yield _told(world, "not_chosen", others)


def _told(world: World, reason: str, rows: Iterable[Row]) -> Outside:
    listed = tuple(rows)
    grants = tuple(grant for each in listed for grant in each.grants)
    kronor = world.granted(grants, listed[0].year) if all(each.grants for each in listed) else None
    return Outside(reason, len(listed), grants, kronor)


def _unplaced(world: World, rows: Rows, name: str | None) -> Iterator[Outside]:
    """What was received of grants of the round, and cannot be placed on any: it is in no amount of any."""
    names = {*rows.names, *([name] if name else [])} - {"granted"}
    if rows.kind not in (GRANT, RECIPIENT) or not names:
        return
    if unplaced := world.table("core_unplaced", rows.year):
        amounts = [each["amount_sek"] for each in unplaced]
        known = None if None in amounts else sum(amounts)
        yield Outside("not_placed", len(unplaced), (), known)


def _set_aside(world: World, cells: tuple[Cell, ...]) -> Iterator[Outside]:
    """Rows of the same files that count for nothing until somebody has looked at them."""
    files = set(files_of(cells))
    for year in sorted({cell.year for cell in cells}):
        if aside := [row for row in world.table("core_set_aside", year) if row["source_file"] in files]:
            amounts = [row["granted_sek"] for row in aside]
            grants = tuple(dict.fromkeys(row["grant_id"] for row in aside if row["grant_id"]))
            yield Outside("set_aside", len(aside), grants, None if None in amounts else sum(amounts))


def provenance(figure: Figure) -> str | None:
    """How real a figure is: as its rows are, if they agree; None where it rests on no row."""
    rows = [row for use in figure.uses for row in (*use.rows.chosen, *use.rows.doubtful)]
    return provenance_of(row.provenance for row in rows) if rows else None
