import os
import resource
import sys
from pathlib import Path

import pytest

from landbridge.errors import InputError
from landbridge.exchange.files import OutputError, whole_file, write_text


def stopped_half_way(target):
    with whole_file(target) as scratch:
        scratch.write_text("half")
        raise KeyboardInterrupt


def test_an_interrupted_write_leaves_the_old_file_and_nothing_else(tmp_path):
    target = tmp_path / "routes.geojson"
    target.write_text("old")
    with pytest.raises(KeyboardInterrupt):
        stopped_half_way(target)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_the_scratch_file_keeps_the_ending_and_the_usual_rights(tmp_path):
    target = tmp_path / "skims.omx"
    with whole_file(target) as scratch:
        assert scratch.suffix == ".omx"
        scratch.write_text("x")
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask


def test_a_missing_folder_is_bad_input(tmp_path):
    with pytest.raises(InputError, match="create it first"):
        write_text(tmp_path / "none" / "a.txt", "x")


def test_a_folder_in_place_of_a_file_is_bad_input(tmp_path):
    with pytest.raises(InputError, match="it is a folder"):
        write_text(tmp_path, "x")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_folder_is_named(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match=r"cannot write .*a\.txt"):
        write_text(tmp_path / "a.txt", "x")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
def test_a_system_folder_that_refuses_is_named():
    with pytest.raises(OutputError, match=r"cannot write /proc/a\.txt"):
        write_text(Path("/proc/a.txt"), "x")


def test_a_full_disk_is_named_and_leaves_nothing(tmp_path):
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(OutputError, match="free some space"):
            write_text(tmp_path / "a.txt", "x" * 100_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.iterdir()) == []
