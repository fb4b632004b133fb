"""What Great Expectations imports and no statement uses: kept out of the child, where it is half of the import.

`scipy` is imported for three metrics of distributions and `altair` to draw one of them (in GX 1.24: the tests of
Kolmogorov and Smirnov, the divergence of Kullback and Leibler). In their place stand modules that hold nothing, so
that whatever would use them fails at once with an AttributeError. In the child only: nothing else runs there.
"""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec

UNUSED = {"altair": (), "scipy": ("stats",)}
"""Packages, and those of their modules that are imported from them by name."""


def keep_out() -> None:
    """Put a module that holds nothing in place of each package, before it is imported."""
    for name, parts in UNUSED.items():
        package = module_from_spec(ModuleSpec(name, None, is_package=True))
        sys.modules[name] = package
        for part in parts:
            module = module_from_spec(ModuleSpec(f"{name}.{part}", None))
            sys.modules[module.__name__] = module
            setattr(package, part, module)
