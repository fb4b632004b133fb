"""Which programme an expression is about: the one that is told, or the only one that has its rounds and questions."""

from __future__ import annotations

from collections.abc import Sequence

from assets.domain.figures.evaluation import Evaluation, years_in
from assets.domain.figures.grammar import Node, parsed
from assets.domain.figures.refused import Refused
from assets.domain.figures.values import Figure
from assets.domain.figures.world import World


def chosen(text: str, worlds: Sequence[World]) -> tuple[World, Figure]:
    """What an expression comes to, and in which programme. Raises: Refused if there is none, or if it may be several.

    Args: worlds: of the programmes that it may be about.
    """
    tree = parsed(text)
    years = years_in(tree)
    fitting = [world for world in worlds if years <= set(world.years)] if len(worlds) > 1 else list(worlds)
    if not fitting:
        known = ", ".join(f"{world.programme} {year}" for world in worlds for year in world.years)
        raise Refused("no_such_rounds", None, years=", ".join(map(str, sorted(years))), known=Known(known or "–"))
    found, refused = _tried(tree, fitting)
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(world.programme for world, _ in found)
        raise Refused("several_programmes", None, names=Known(names))
    raise refused[0]


def _tried(tree: Node, worlds: Sequence[World]) -> tuple[list[tuple[World, Figure]], list[Refused]]:
    found: list[tuple[World, Figure]] = []
    refused: list[Refused] = []
    for world in worlds:
        try:
            found.append((world, Evaluation(world).figure(tree)))
        except Refused as error:
            refused.append(error)
    return found, refused


class Known:
    """Names of ours, which are repeated whole."""

    def __init__(self, names: str) -> None:
        """Say these."""
        self._names = names

    def sentence(self, language: str) -> str:  # noqa: ARG002 - the same in both
        """The names."""
        return self._names
