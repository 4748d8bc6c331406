"""Jobs: in order, one at a time, followed, cancelled, kept over a restart."""

import json
import os
import signal
import sys
import time
from contextlib import contextmanager

import pytest

from app_running import serving
from landbridge.app.jobs import Jobs
from landbridge.app.jobstore import JobStore
from landbridge.app.refused import RefusedError
from landbridge.app.settings import EVIDENCE, OUTLOOKS, RUNS, WARM, Limits, Settings
from landbridge.errors import UnknownNameError

WORKER = """
import json, os, sys, time
for text in sys.stdin:
    job = json.loads(text)
    asked = job["asked"]
    say = lambda **what: print(json.dumps(what), flush=True)
    say(event="progress", stage="half", share=0.5)
    say(event="progress", stage="again", share=0.1)
    time.sleep(asked.get("sleep", 0))
    if asked.get("die"):
        os._exit(9)
    if asked.get("fail"):
        say(event="failed", error={"what": "it cannot be", "mend": "ask otherwise"})
    else:
        say(event="done", made={"run": asked["name"]}, result={"pid": os.getpid(), **asked})
"""


@contextmanager
def working(folder, *, waiting=20, start=True):
    script = folder / "worker.py"
    script.write_text(WORKER)
    settings = Settings(folder / "data", limits=Limits(jobs_waiting=waiting))
    jobs = Jobs(settings, (sys.executable, str(script)))
    if start:
        jobs.start()
    try:
        yield jobs
    finally:
        jobs.close()


def until(jobs, job, *states, timeout=20):
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        found = jobs.store.get(job.id)
        if found.status in states:
            return found
        time.sleep(0.02)
    raise AssertionError(f"{found.status} after {timeout} s")


def result(jobs, job):
    return json.loads(jobs.store.result(job.id))


def test_jobs_are_done_in_order_by_one_process_that_stays(tmp_path):
    with working(tmp_path) as jobs:
        asked = [jobs.submit("x", "X", {"name": n}) for n in range(3)]
        done = [until(jobs, job, "done") for job in asked]
        assert [job.made for job in done] == [{"run": n} for n in range(3)]
        assert len({result(jobs, job)["pid"] for job in asked}) == 1
        starts = [job.started for job in done]
        assert starts == sorted(starts)
        assert all(job.share == 1.0 for job in done)


def test_progress_never_goes_back(tmp_path):
    with working(tmp_path) as jobs:
        job = jobs.submit("x", "X", {"name": 1, "sleep": 5})
        end = time.monotonic() + 10
        while jobs.store.get(job.id).stage != "again":
            assert time.monotonic() < end
            time.sleep(0.01)
        assert jobs.store.get(job.id).share == 0.5


def test_a_failure_says_why_and_the_next_job_is_done(tmp_path):
    with working(tmp_path) as jobs:
        wrong, right = (jobs.submit("x", "X", {"name": 1, "fail": f}) for f in (1, 0))
        assert until(jobs, wrong, "failed").error["mend"] == "ask otherwise"
        assert until(jobs, right, "done").made == {"run": 1}
        assert jobs.store.result(wrong.id) is None


def test_a_worker_that_dies_costs_its_own_job_only(tmp_path):
    with working(tmp_path) as jobs:
        dead, next_one = (jobs.submit("x", "X", {"name": 1, "die": d}) for d in (1, 0))
        assert "status 9" in until(jobs, dead, "failed").error["what"]
        assert until(jobs, next_one, "done")


def test_cancel_kills_the_worker_and_removes_what_is_half_written(tmp_path):
    with working(tmp_path) as jobs:
        job = jobs.submit("outlook", "X", {"name": 1, "sleep": 60, "folder": "far"})
        until(jobs, job, "running")
        while jobs._worker is None:
            time.sleep(0.01)
        worker = jobs._worker
        half = tmp_path / "data" / OUTLOOKS / "far" / "draws"
        half.mkdir(parents=True)
        assert jobs.cancel(job.id).status == "cancelled"
        assert worker.poll() == -signal.SIGKILL
        after = jobs.submit("x", "X", {"name": 2})
        assert until(jobs, after, "done")
        assert not half.parent.exists()
        with pytest.raises(RefusedError, match="is over: cancelled"):
            jobs.cancel(job.id)


def test_cancel_keeps_an_outlook_that_was_finished_before(tmp_path):
    with working(tmp_path) as jobs:
        done = tmp_path / "data" / OUTLOOKS / "far" / "summary.json"
        done.parent.mkdir(parents=True)
        done.write_text("{}")
        job = jobs.submit("outlook", "X", {"name": 1, "sleep": 60, "folder": "far"})
        until(jobs, job, "running")
        jobs.cancel(job.id)
        until(jobs, jobs.submit("x", "X", {"name": 2}), "done")
        assert done.exists()


def test_cancelled_assessments_leave_no_partial_run_but_those_of_others(tmp_path):
    with working(tmp_path) as jobs:
        runs = tmp_path / "data" / RUNS
        older = runs / ".y-2025.partial-1"
        older.mkdir(parents=True)
        os.utime(older, (1e9, 1e9))
        job = jobs.submit("assess", "X", {"name": 1, "sleep": 60})
        until(jobs, job, "running")
        (runs / ".x-2025.partial-2").mkdir()
        jobs.cancel(job.id)
        until(jobs, jobs.submit("x", "X", {"name": 2}), "done")
        assert [path.name for path in runs.iterdir()] == [older.name]


def test_cancelling_a_reading_removes_files_that_were_not_read(tmp_path):
    with working(tmp_path) as jobs:
        files = tmp_path / "data" / EVIDENCE / "files"
        files.mkdir(parents=True)
        for name in ("old.txt", "new.txt"):
            (files / name).write_text("x")
        line = json.dumps({"document": {"id": "old.txt"}}) + "\n"
        (files.parent / "documents.jsonl").write_text(line)
        job = jobs.submit("read", "X", {"name": 1, "sleep": 60, "files": ["old.txt", "new.txt"]})
        until(jobs, job, "running")
        jobs.cancel(job.id)
        until(jobs, jobs.submit("x", "X", {"name": 2}), "done")
        assert [path.name for path in files.iterdir()] == ["old.txt"]


def test_a_queued_job_is_cancelled_without_being_started(tmp_path):
    with working(tmp_path) as jobs:
        first = jobs.submit("x", "X", {"name": 1, "sleep": 60})
        second = jobs.submit("x", "X", {"name": 2})
        until(jobs, first, "running")
        assert jobs.place(jobs.store.get(second.id)) == 1
        assert jobs.cancel(second.id).started is None
        assert jobs.store.get(first.id).status == "running"


def test_a_full_queue_refuses_and_says_when_to_come_back(tmp_path):
    with working(tmp_path, waiting=3, start=False) as jobs:
        for n in range(3):
            jobs.submit("x", "X", {"name": n})
        with pytest.raises(RefusedError, match="3 jobs are waiting") as told:
            jobs.submit("x", "X", {"name": 4})
        assert told.value.status == 429
        assert int(told.value.headers["Retry-After"]) > 0


def test_a_restart_keeps_what_is_done_marks_what_ran_and_goes_on_with_what_waits(tmp_path):
    with working(tmp_path) as jobs:
        done = until(jobs, jobs.submit("x", "X", {"name": 1}), "done")
        running = jobs.submit("x", "X", {"name": 2, "sleep": 60})
        waiting = jobs.submit("x", "X", {"name": 3})
        until(jobs, running, "running")
    with working(tmp_path) as jobs:
        assert jobs.store.get(done.id).made == {"run": 1}
        assert result(jobs, done)["name"] == 1
        assert jobs.store.get(running.id).status == "interrupted"
        assert until(jobs, waiting, "done")
        again = jobs.again(running.id)
        assert again.asked == running.asked


def test_what_a_crash_left_running_is_told_as_interrupted(tmp_path):
    with working(tmp_path, start=False) as jobs:
        job = jobs.submit("x", "X", {"name": 1})
        jobs.store.change(job.id, status="running")
        # No close: a crash says no good-bye.
        with working(tmp_path, start=False) as after:
            assert after.store.get(job.id).status == "interrupted"


def test_records_that_are_no_records_are_passed_over(tmp_path):
    store = JobStore(tmp_path)
    for name, text in (("20250101-000000-000000-0000", "{"), ("x", "{}")):
        (tmp_path / f"{name}.json").write_text(text)
    assert JobStore(tmp_path).all() == store.all() == []
    with pytest.raises(UnknownNameError, match="unknown job"):
        store.get("../x")


def test_a_killed_server_loses_no_finished_run_and_leaves_no_worker(tmp_path):
    data = tmp_path / "data"
    note = {"files": [("files", "a.txt", b"Kazakhstan built 3 ports in 2018.")]}
    with serving(data, environment={WARM: "0"}) as server:
        done = server.job(server.upload("/api/v1/evidence/documents", note["files"]))
        assert done["status"] == "done"
        asked = {"kind": "outlook", "scenarios": ["baseline"], "draws": 5000}
        running = server.post("/api/v1/jobs", asked).json["id"]
        end = time.monotonic() + 60
        while server.get(f"/api/v1/jobs/{running}").json["status"] != "running":
            assert time.monotonic() < end
            time.sleep(0.1)
        workers = children(server.process.pid)
        assert workers
        server.process.kill()
        server.process.wait()
        end = time.monotonic() + 20
        while any(map(alive, workers)):
            assert time.monotonic() < end
            time.sleep(0.1)
    with serving(data, environment={WARM: "0"}) as server:
        assert server.get(f"/api/v1/jobs/{done['id']}").json["status"] == "done"
        assert server.get(f"/api/v1/jobs/{running}").json["status"] == "interrupted"
        documents = server.get("/api/v1/evidence/documents").json["documents"]
        assert [one["id"] for one in documents] == ["a.txt"]
        again = server.post(f"/api/v1/jobs/{running}/again")
        assert again.status == 202
        cancelled = server.delete(f"/api/v1/jobs/{again.json['id']}")
        assert cancelled.json["status"] == "cancelled"


def children(pid):
    import psutil

    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


def alive(pid):
    import psutil

    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
