"""What the set-up promises: pinned and hashed packages, everything listed where it should be."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def locked_blocks() -> list[str]:
    """One text per requirement: its pin, its hashes and the comments below them."""
    return re.findall(r"^[a-z0-9].*\n(?:[ ]+.*\n)*", LOCK, flags=re.MULTILINE)


def package_name(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def test_each_locked_package_has_an_exact_version_and_a_hash():
    loose = [block for block in locked_blocks() if "==" not in block or "--hash=sha256:" not in block]
    assert locked_blocks()
    assert loose == []


def test_the_lock_names_no_address_and_no_folder_of_the_machine_that_made_it():
    assert "://" not in LOCK
    assert not re.search(r"(?:^|\s)/", LOCK)


def test_each_declared_dependency_is_locked():
    project = PYPROJECT["project"]
    declared = project["dependencies"] + project["optional-dependencies"]["dev"] + PYPROJECT["build-system"]["requires"]
    locked = {package_name(block) for block in locked_blocks()}
    assert {package_name(requirement) for requirement in declared} - locked == set()


def test_each_package_folder_is_listed_for_setuptools():
    top_level = PYPROJECT["tool"]["importlinter"]["root_packages"]
    folders = {init.parent for package in top_level for init in (ROOT / package).rglob("__init__.py")}
    assert set(PYPROJECT["tool"]["setuptools"]["packages"]) == {
        ".".join(folder.relative_to(ROOT).parts) for folder in folders
    }


def test_help_lists_each_phony_target():
    phony = re.findall(r"^\.PHONY: (.*)$", MAKEFILE, flags=re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):.*## \S", MAKEFILE, flags=re.MULTILINE)
    assert sorted(" ".join(phony).split()) == sorted(explained)


def test_the_domain_computes_nothing_over_a_group_in_place():
    """On Arrow tables `over` trusts a join to keep the order of rows, and now and then it does not: `with_group`."""
    sources = [path.read_text("utf-8") for path in (ROOT / "assets").rglob("*.py")]
    assert sources
    assert all(".over(" not in source for source in sources)
