"""The cache is complete or not there: damage, races, interruptions and full disks."""

import errno
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest

from landbridge import facts
from landbridge.errors import CacheError
from landbridge.network import cache

KEY = "0123456789abcdef"
ARRAYS = {"lat": np.arange(1000.0), "tail": np.arange(7, dtype=np.int32)}
REPORT = {"economies": ["KAZ"], "note": "Қазақстан"}


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    folder = tmp_path / "cache of # and ?"
    monkeypatch.setenv(cache.VARIABLE, str(folder))
    return folder


def make(folder):
    (folder / "places.txt").write_text("Almaty", encoding="utf-8")
    return ARRAYS, REPORT


def never(folder):
    raise AssertionError("built although a network is there")


def stored(key=KEY):
    return cache.root() / f"network-{key}"


def leftovers():
    return sorted(p.name for p in cache.root().iterdir() if not p.name.endswith(".lock"))


def test_what_is_written_is_read():
    assert cache.read(KEY) is None
    written = cache.write(KEY, make)
    again = cache.read(KEY)
    for store in (written, again):
        assert store.key == KEY
        assert store.report == REPORT
        assert set(store.arrays) == set(ARRAYS)
        for name, array in ARRAYS.items():
            assert np.array_equal(store.arrays[name], array)
            assert store.arrays[name].dtype == array.dtype
            assert not store.arrays[name].flags.writeable
        assert (store.folder / "places.txt").read_text(encoding="utf-8") == "Almaty"
    assert leftovers() == [f"network-{KEY}"]


def test_a_finished_build_is_used_and_renewed_only_when_asked():
    cache.write(KEY, make)
    assert cache.write(KEY, never).report == REPORT
    newer = cache.write(KEY, lambda folder: (ARRAYS, {"economies": []}), anew=True)
    assert newer.report == cache.read(KEY).report == {"economies": []}


def truncate(path):
    os.truncate(path, path.stat().st_size - 1)


def alter(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def lengthen(path):
    path.write_bytes(path.read_bytes() + b"\0")


def empty(path):
    path.write_bytes(b"")


@pytest.mark.parametrize("name", ["lat.npy", "tail.npy", "places.txt", "report.json"])
@pytest.mark.parametrize("harm", [truncate, alter, lengthen, empty, Path.unlink])
def test_a_damaged_file_makes_the_network_be_built_anew(name, harm):
    cache.write(KEY, make)
    harm(stored() / name)
    assert cache.read(KEY) is None
    assert cache.write(KEY, make).report == REPORT
    assert np.array_equal(cache.read(KEY).arrays["lat"], ARRAYS["lat"])


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "null", "{}", '{"files": 3}', '{"files": {"a": 1}}']
)
def test_a_manifest_that_makes_no_sense_is_a_missing_one(text):
    cache.write(KEY, make)
    (stored() / "manifest.json").write_text(text, encoding="utf-8")
    assert cache.read(KEY) is None
    assert cache.write(KEY, make).report == REPORT


def test_every_byte_of_the_manifest_counts():
    cache.write(KEY, make)
    path = stored() / "manifest.json"
    whole = path.read_bytes()
    before = json.loads(whole)
    for at in range(len(whole)):
        changed = bytearray(whole)
        changed[at] ^= 1
        path.write_bytes(changed)
        try:
            same = json.loads(changed) == before
        except ValueError:
            same = False
        assert (cache.read(KEY) is not None) == same


def test_a_missing_manifest_is_a_missing_network():
    cache.write(KEY, make)
    (stored() / "manifest.json").unlink()
    assert cache.read(KEY) is None


def test_another_key_is_another_network():
    cache.write(KEY, make)
    assert cache.read("f" * 16) is None


def test_the_key_changes_with_the_facts_the_packages_and_the_builder(monkeypatch):
    key = cache.build_key()
    assert len(key) == 16
    assert key == cache.build_key()
    with monkeypatch.context() as patch:
        patch.setattr(facts, "content_hash", lambda *tables: "0" * 64)
        assert cache.build_key() != key
    with monkeypatch.context() as patch:
        patch.setattr(cache.metadata, "version", lambda package: "0.0")
        assert cache.build_key() != key
    with monkeypatch.context() as patch:
        read_bytes = Path.read_bytes
        patch.setattr(Path, "read_bytes", lambda path: read_bytes(path) + b"#")
        assert cache.build_key() != key


def test_the_key_follows_every_table_that_the_builder_reads():
    room = Path(cache.__file__).parent
    read = {
        table
        for source in room.glob("*.py")
        for table in re.findall(r'facts\.rows\("(\w+)"\)', source.read_text(encoding="utf-8"))
    }
    assert len(read) > 5
    assert read <= set(cache._TABLES)


def test_a_failed_build_leaves_nothing_and_its_error_is_told_as_it_is():
    def fail(folder):
        (folder / "half.npy").write_bytes(b"half")
        raise RuntimeError("no")

    with pytest.raises(RuntimeError, match="no"):
        cache.write(KEY, fail)
    assert leftovers() == []

    def lost(folder):
        raise FileNotFoundError(errno.ENOENT, "no such layer")

    with pytest.raises(FileNotFoundError, match="no such layer"):
        cache.write(KEY, lost)


def test_a_failed_rebuild_keeps_the_old_network():
    cache.write(KEY, make)

    def fail(folder):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        cache.write(KEY, fail, anew=True)
    assert cache.read(KEY).report == REPORT


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
@pytest.mark.parametrize("where", ["save", "dumps", "mkdtemp"])
def test_a_full_disk_says_so(monkeypatch, number, where):
    def full(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    room = {"save": cache.np, "dumps": cache.json, "mkdtemp": cache.tempfile}[where]
    with monkeypatch.context() as patch:
        patch.setattr(room, where, full)
        with pytest.raises(CacheError, match=r"the disk is full.*LANDBRIDGE_CACHE"):
            cache.write(KEY, make)
    assert leftovers() == []
    assert cache.write(KEY, make).report == REPORT


def test_a_disk_that_fills_up_while_building_says_so():
    def fill(folder):
        store = sqlite3.connect(folder / "places.sqlite")
        store.execute("pragma max_page_count = 4")
        store.execute("create table t (x)")
        try:
            store.executemany("insert into t values (?)", [("x" * 1000,)] * 100)
        finally:
            store.close()
        return ARRAYS, REPORT

    with pytest.raises(CacheError, match="the disk is full"):
        cache.write(KEY, fill)
    assert leftovers() == []


def test_a_real_full_device_says_so(monkeypatch):
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")

    def fill(folder):
        with Path("/dev/full").open("wb") as file:
            np.save(file, np.zeros(100_000))
        return ARRAYS, REPORT

    with pytest.raises(CacheError, match="the disk is full"):
        cache.write(KEY, fill)


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM, errno.EROFS])
def test_a_folder_that_cannot_be_written_says_so(monkeypatch, number, home):
    def refuse(*args, **kwargs):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(CacheError, match=r"cannot be written.*LANDBRIDGE_CACHE") as caught:
        cache.write(KEY, never)
    assert str(home) in str(caught.value)


def test_a_file_in_place_of_the_folder_says_so(home):
    home.write_text("not a folder", encoding="utf-8")
    assert cache.read(KEY) is None
    with pytest.raises(CacheError, match="a file stands where a folder should be"):
        cache.write(KEY, never)


def test_a_file_in_place_of_the_folder_above_says_so(home, monkeypatch):
    home.write_text("not a folder", encoding="utf-8")
    monkeypatch.setenv(cache.VARIABLE, str(home / "below"))
    assert cache.read(KEY) is None
    with pytest.raises(CacheError, match="a file stands where a folder should be"):
        cache.write(KEY, never)


def test_a_store_that_cannot_be_read_back_is_an_error(monkeypatch):
    monkeypatch.setattr(cache, "read", lambda key: None)
    with pytest.raises(CacheError, match="could not be read back"):
        cache.write(KEY, make)


def test_without_the_variable_the_system_has_a_folder(monkeypatch):
    monkeypatch.delenv(cache.VARIABLE)
    assert cache.root().name == "landbridge"
    assert cache.root().is_absolute()


def test_leftovers_are_swept_and_a_neighbours_build_is_not(home):
    home.mkdir()
    old = time.time() - 3600
    for name in ("building-other-old", "building-other-new", f"building-{KEY}-new"):
        (home / name).mkdir()
        (home / name / "half.npy").write_bytes(b"half")
    for path in (home / "building-other-old" / "half.npy", home / "building-other-old"):
        os.utime(path, (old, old))
    cache.write(KEY, make)
    assert leftovers() == ["building-other-new", f"network-{KEY}"]


def test_the_newest_few_networks_are_kept(home):
    home.mkdir()
    for age, name in enumerate(["a", "b", "c", "d"]):
        (home / f"network-{name}").mkdir()
        when = time.time() - 100 * (age + 1)
        os.utime(home / f"network-{name}", (when, when))
    cache.write(KEY, make)
    assert leftovers() == [f"network-{KEY}", "network-a", "network-b"]


BUILDER = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path

    import numpy as np

    from landbridge.network import cache

    log, wait = Path(sys.argv[1]), float(sys.argv[2])

    def make(folder):
        with log.open("a") as file:
            file.write("build\\n")
        (folder / "half.txt").write_text("half")
        print("building", flush=True)
        time.sleep(wait)
        return {"lat": np.arange(1000.0)}, {"by": sys.argv[3]}

    store = cache.write("0123456789abcdef", make)
    assert store.arrays["lat"].sum() == 499500
    print(store.report["by"], flush=True)
    """
)


def build_in_a_process(log, wait, name):
    return subprocess.Popen(
        [sys.executable, "-c", BUILDER, str(log), str(wait), name],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell that started the tests in the background has them ignore interruptions.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def test_of_two_commands_one_builds_and_the_other_reads(tmp_path):
    log = tmp_path / "log"
    commands = [build_in_a_process(log, 1.0, name) for name in ("one", "two")]
    said = [command.communicate(timeout=60) for command in commands]
    assert [command.returncode for command in commands] == [0, 0], said
    assert log.read_text() == "build\n"
    makers = {out.split()[-1] for out, _ in said}
    assert len(makers) == 1
    assert cache.read(KEY).report["by"] in makers
    assert leftovers() == [f"network-{KEY}"]


def test_an_interrupted_build_leaves_nothing_half_written(tmp_path):
    command = build_in_a_process(tmp_path / "log", 60.0, "one")
    assert command.stdout.readline() == "building\n"
    command.send_signal(signal.SIGINT)
    _, error = command.communicate(timeout=60)
    assert command.returncode != 0
    assert "KeyboardInterrupt" in error
    assert leftovers() == []
    assert cache.write(KEY, make).report == REPORT


def test_a_killed_build_is_swept_by_the_next(tmp_path):
    command = build_in_a_process(tmp_path / "log", 60.0, "one")
    assert command.stdout.readline() == "building\n"
    command.kill()
    command.communicate(timeout=60)
    assert cache.read(KEY) is None
    assert [name.startswith(f"building-{KEY}-") for name in leftovers()] == [True]
    assert cache.write(KEY, make).report == REPORT
    assert leftovers() == [f"network-{KEY}"]


def test_one_interrupted_the_waiting_one_builds(tmp_path):
    log = tmp_path / "log"
    first = build_in_a_process(log, 60.0, "one")
    assert first.stdout.readline() == "building\n"
    second = build_in_a_process(log, 0.0, "two")
    first.send_signal(signal.SIGINT)
    first.communicate(timeout=60)
    out, error = second.communicate(timeout=60)
    assert second.returncode == 0, error
    assert out.split()[-1] == cache.read(KEY).report["by"] == "two"
