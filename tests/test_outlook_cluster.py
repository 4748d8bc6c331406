"""Draws on a real Dask cluster: a worker that is killed costs only its own."""

import os
import signal
import socket
import subprocess
import sys
import time

import numpy as np
import pytest

from landbridge.errors import InputError
from landbridge.outlook.answering import answers
from landbridge.outlook.engine import CHUNK, Engine
from landbridge.outlook.ensemble import gather
from landbridge.outlook.pools import Cluster, Here, pool
from outlook_sample import small_parts

distributed = pytest.importorskip("distributed")
QUIET = {**os.environ, "PYTHONWARNINGS": "ignore", "DASK_DISTRIBUTED__DASHBOARD__LINK": ""}


def _started(*words):
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]],
        env=QUIET, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


@pytest.fixture
def cluster(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    here = ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    started = [_started("dask_scheduler", *here)]
    assert answers(address, 30.0)
    for number in (1, 2):
        place = ["--local-directory", str(tmp_path / str(number)), "--name", str(number)]
        started.append(
            _started(
                "dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", *place
            )
        )
    client = distributed.Client(address, set_as_default=False)
    client.wait_for_workers(2, timeout=60)
    yield address, started[1:], client
    client.close()
    for process in started:
        process.kill()
        process.wait()


@pytest.mark.filterwarnings("ignore")
def test_a_worker_killed_half_way_changes_nothing(cluster, tmp_path):
    address, workers, _ = cluster
    engine = Engine(small_parts(to=2028), seed=4)
    draws = 6 * CHUNK
    alone = gather(engine, draws, Here(), tmp_path / "alone", lambda stage, share: None)
    begun = time.monotonic()
    killed = []

    def progress(stage, share):
        if 0.0 < share < 1.0 and not killed:
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(time.monotonic() - begun)

    shared = Cluster(address)
    try:
        both = gather(engine, draws, shared, tmp_path / "both", progress)
    finally:
        shared.close()
    assert killed
    assert workers[0].wait(timeout=10) == -signal.SIGKILL
    for one, other in zip(alone.chunks(), both.chunks(), strict=True):
        assert np.array_equal(one, other)


def test_a_scheduler_that_is_not_there_is_said_in_seconds(monkeypatch):
    monkeypatch.setattr("landbridge.outlook.pools.PATIENCE_S", 0.5)
    begun = time.monotonic()
    with pytest.raises(InputError, match="no scheduler answers"):
        pool(None, "tcp://127.0.0.1:9")
    assert time.monotonic() - begun < 5.0


@pytest.mark.parametrize("address", ["localhost", "http://x:1", "tcp://host", "tcp://host:99999"])
def test_what_is_no_address_is_said(address):
    with pytest.raises(InputError, match="tcp://HOST:PORT"):
        pool(None, address)
