"""A power cut after a publication must not undo it, nor leave a pointer to what never reached the disk.

Nobody can cut the power in a test: what is tested is the order of the system calls. A name is durable once its folder
has been fsynced after the name was made; a file's content once the file was fsynced after its last write.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from pipelines.warehouse import files
from pipelines.warehouse.layout import CURRENT
from tests.integration.publishing import contents_of, current, publish


class Call(NamedTuple):
    """One system call: what was done to which path."""

    name: str
    path: Path


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[Call]:
    """What the program asks the system for, in order. A rename counts for the name it makes."""
    made: list[Call] = []
    paths: dict[int, Path] = {}
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "mkdir", "rename", "symlink")}

    def opened(path, flags, *mode, **keywords):
        descriptor = real["open"](path, flags, *mode, **keywords)
        paths[descriptor] = Path(path)
        if flags & os.O_CREAT:
            made.append(Call("open", Path(path)))
        return descriptor

    def on_descriptor(name):
        def call(descriptor, *content):
            made.append(Call(name, paths[descriptor]))
            return real[name](descriptor, *content)

        return call

    def naming(name, which):
        def call(*names, **keywords):
            real[name](*names, **keywords)
            made.append(Call(name, Path(names[which])))

        return call

    monkeypatch.setattr(os, "open", opened)
    for name in ("write", "fsync"):
        monkeypatch.setattr(os, name, on_descriptor(name))
    for name, which in {"mkdir": 0, "rename": 1, "symlink": 1}.items():
        monkeypatch.setattr(os, name, naming(name, which))
    return made


NAMING = ("open", "mkdir", "rename", "symlink")


def last(calls: list[Call], *wanted: Call) -> int:
    """The place of the last of the wanted calls; fails if there is none."""
    return max(place for place, call in enumerate(calls) if call in wanted)


def named_in(folder: Path, calls: list[Call]) -> Iterator[Call]:
    return (call for call in calls if call.name in NAMING and call.path.parent == folder)


@pytest.fixture
def second(tmp_path: Path, calls: list[Call]) -> Path:
    """A warehouse just after its second publication: the version's folder; the calls are of that publication only."""
    publish(tmp_path, contents_of(1))
    calls.clear()
    return publish(tmp_path, contents_of(2))


def built_aside(version: Path, calls: list[Call]) -> Path:
    """The name under which the version was written."""
    [root] = {
        call.path
        for call in calls
        if call.name == "mkdir" and call.path.parent == version.parent and call.path.name.startswith(files.ASIDE)
    }
    return root


def test_each_file_is_forced_to_disk_after_its_last_write_and_before_its_version_gets_its_name(second, calls):
    aside = built_aside(second, calls)
    written = [path.relative_to(second) for path in second.rglob("*") if path.is_file()]
    assert len(written) == len(contents_of(2)) + 1
    for path in written:
        write, fsync = (last(calls, Call(name, aside / path)) for name in ("write", "fsync"))
        assert write < fsync < last(calls, Call("rename", second)), path


def test_each_folder_is_forced_to_disk_after_its_last_entry_and_before_its_version_gets_its_name(second, calls):
    aside = built_aside(second, calls)
    folders = [aside, *(aside / path.relative_to(second) for path in second.rglob("*") if path.is_dir())]
    unforced = [folder.relative_to(aside) for folder in folders if Call("fsync", folder) not in calls]
    assert unforced == []
    for folder in folders:
        entry, fsync = last(calls, *named_in(folder, calls)), last(calls, Call("fsync", folder))
        assert entry < fsync < last(calls, Call("rename", second)), folder


def test_the_version_is_forced_to_disk_under_its_name_before_current_points_to_it(second, calls, tmp_path):
    named, switched = last(calls, Call("rename", second)), last(calls, Call("rename", tmp_path / CURRENT))
    assert Call("fsync", second.parent) in calls[named:switched]


def test_the_switch_is_forced_to_disk(second, calls, tmp_path):
    assert current(tmp_path) == second
    switched = last(calls, Call("rename", tmp_path / CURRENT))
    assert Call("fsync", tmp_path) in calls[switched:]


def test_a_version_that_an_interrupted_run_left_is_forced_to_disk_before_current_points_to_it(
    tmp_path, calls, monkeypatch
):
    rename = os.rename

    def rename_and_end(old, new):
        rename(old, new)
        raise KeyboardInterrupt

    publish(tmp_path, contents_of(1))
    with monkeypatch.context() as patch:
        patch.setattr(os, "rename", rename_and_end)
        with pytest.raises(KeyboardInterrupt):
            publish(tmp_path, contents_of(2))
    calls.clear()
    version = publish(tmp_path, contents_of(2))
    switched = last(calls, Call("rename", tmp_path / CURRENT))
    assert Call("fsync", version.parent) in calls[:switched]


def test_the_folder_of_versions_is_forced_to_disk_before_current_first_points_into_it(tmp_path, calls):
    version = publish(tmp_path, contents_of(1))
    made, switched = last(calls, Call("mkdir", version.parent)), last(calls, Call("rename", tmp_path / CURRENT))
    assert Call("fsync", tmp_path) in calls[made:switched]
