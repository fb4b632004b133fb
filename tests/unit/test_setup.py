"""What the set-up promises: pinned and hashed packages in three locks, everything listed where it should be."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BOOTSTRAP, RUN, DEV = LOCKS = ("bootstrap.lock", "requirements.lock", "requirements-dev.lock")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


def locked_blocks(lock: str) -> list[str]:
    """One text per requirement: its pin, its hashes and the comments below them."""
    return re.findall(r"^[a-z0-9].*\n(?:[ ]+.*\n)*", (ROOT / lock).read_text("utf-8"), flags=re.MULTILINE)


def package_name(requirement: str) -> str:
    name = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert name, requirement
    return re.sub(r"[-_.]+", "-", name[0]).lower()


def names(requirements: list[str]) -> set[str]:
    return {package_name(requirement) for requirement in requirements}


def locked(lock: str) -> set[str]:
    return names(locked_blocks(lock))


def made_first(target: str) -> set[str]:
    """Every target that `make` makes on the way to this one."""
    line = re.search(rf"^{target}:([^#\n]*)", MAKEFILE, flags=re.MULTILINE)
    assert line, target
    return set(line[1].split()).union(*map(made_first, line[1].split()))


@pytest.mark.parametrize("lock", LOCKS)
def test_each_locked_package_has_an_exact_version_and_a_hash(lock):
    blocks = locked_blocks(lock)
    assert blocks
    assert [block for block in blocks if "==" not in block or "--hash=sha256:" not in block] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_folder_of_the_machine_that_made_it(lock):
    text = (ROOT / lock).read_text("utf-8")
    assert "://" not in text
    assert not re.search(r"(?:^|\s)/", text)


def test_what_running_needs_is_locked_with_the_build_backend():
    needed = PYPROJECT["project"]["dependencies"] + PYPROJECT["build-system"]["requires"]
    assert names(needed) - locked(RUN) == set()


def test_what_the_tests_add_is_locked_apart_from_it():
    assert names(PYPROJECT["dependency-groups"]["dev"]) - locked(DEV) - locked(RUN) == set()
    assert locked(DEV) & locked(RUN) == set()


def test_uv_is_locked_alone_for_every_platform():
    (block,) = locked_blocks(BOOTSTRAP)
    assert package_name(block) == "uv"
    # Linux with glibc and with musl, macOS and Windows, each on x86-64 and ARM.
    assert block.count("--hash=sha256:") >= 8


def test_an_evaluation_is_set_up_without_what_the_tests_add():
    assert made_first("evaluation") == made_first("ui") == {"environment"}
    assert all("environment-dev" in made_first(target) for target in ("test", "test-slow", "test-browser"))


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
