"""The installed command as a newcomer runs it, on the real network."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "landbridge"
HEAVY = ("numba", "numpy", "pandas", "pyarrow", "rich", "scipy", "shapely", "pydantic", "rapidfuzz")


def landbridge(*arguments, **how):
    return subprocess.run(
        [COMMAND, *arguments],
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
        **how,
    )


@pytest.mark.parametrize("start", ["import landbridge", "import landbridge.cli"])
def test_starting_imports_nothing_heavy(start):
    code = f"import sys; {start}; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"


def test_import_takes_less_than_half_a_second():
    def once():
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import landbridge"], check=True, timeout=60)
        return time.perf_counter() - started

    assert min(once() for _ in range(3)) < 0.5


def test_help_and_version():
    assert "route" in landbridge("--help").stdout
    assert landbridge("--version").stdout.startswith("landbridge ")


@pytest.mark.usefixtures("world")
class TestOnTheRealNetwork:
    def test_json_is_pure_and_keeps_to_the_mode(self):
        done = landbridge("route", "Chongqing", "Duisburg", "--modes", "rail", "--json")
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert (told["year"], told["cargo"]) == (2025, "general")
        assert told["routes"]
        for route in told["routes"]:
            assert {leg["mode"] for leg in route["legs"]} <= {"rail", "transfer"}
            assert route["economies"][0] == "CHN"
            assert route["economies"][-1] == "DEU"

    def test_an_avoided_economy_is_not_entered(self):
        done = landbridge("route", "Chongqing", "Duisburg", "--avoid", "RUS,BLR", "--json")
        assert done.returncode == 0, done.stderr
        for route in json.loads(done.stdout)["routes"]:
            assert not {"RUS", "BLR"} & set(route["economies"])

    @pytest.mark.parametrize(
        "arguments",
        [
            ("route", "Chongqingg", "Duisburg"),
            ("route", "Chongqing", "Duisburg", "--by", "tme"),
            ("route", "Chongqing", "Duisburg", "--modes", "rial"),
            ("route", "Chongqing", "Duisburg", "--avoid", "RUSS"),
            ("route", "Chongqing", "Duisburg", "--close", "Suezz"),
            ("route", "Chongqing", "Duisburg", "--via", "transcaspain"),
            ("route", "Chongqing", "Duisburg", "--cargo", "genral"),
        ],
    )
    def test_a_misspelt_word_is_status_2_with_a_suggestion(self, arguments):
        done = landbridge(*arguments, "--json")
        assert done.returncode == 2
        assert done.stdout == ""
        assert done.stderr.count("\n") == 1
        assert "did you mean" in done.stderr

    def test_ctrl_c_leaves_no_file(self, tmp_path):
        out = tmp_path / "skims.omx"
        command = subprocess.Popen(
            [COMMAND, "skim", "--zones", "2000", "--out", out],
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
        )
        time.sleep(1.5)
        command.send_signal(signal.SIGINT)
        _, said = command.communicate(timeout=60)
        if command.returncode == 0:
            pytest.skip("the skim was done before it could be stopped")
        assert command.returncode == 130
        assert "stopped" in said
        assert list(tmp_path.iterdir()) == []

    def test_a_pipe_closed_early_is_no_error(self):
        done = subprocess.run(
            f"'{COMMAND}' crossings --json | head -c 10",
            shell=True,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout == '{"crossing'
        assert "Traceback" not in done.stderr

    def test_a_cache_that_cannot_be_written_is_a_clear_error(self):
        environment = {**os.environ, "LANDBRIDGE_CACHE": "/proc/landbridge"}
        done = landbridge("route", "Almaty", "Aktau", env=environment)
        assert done.returncode == 1
        assert "/proc/landbridge" in done.stderr
        assert "Traceback" not in done.stderr
