"""YAML from outside, without aliases: a few of them unfold to more than any machine holds."""

from __future__ import annotations

import yaml


class _Plain(yaml.SafeLoader):
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Refuse an alias, compose anything else."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError
        return super().compose_node(parent, index)


UNREADABLE = (OSError, ValueError, RecursionError, yaml.YAMLError)
"""What reading raises where the content is no YAML that holds plain values."""


def plain_yaml(content: bytes) -> object:
    """The content of a UTF-8 document. Raises: one of UNREADABLE."""
    return yaml.load(content.decode("utf-8"), Loader=_Plain)  # noqa: S506 - a safe loader, and less
