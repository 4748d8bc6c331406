"""The queue of jobs and the one worker process that does them."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import Any

from landbridge.app.jobstore import Job, JobStore, new_job, now
from landbridge.app.leftovers import clean
from landbridge.app.refused import RefusedError
from landbridge.app.settings import JOBS, Settings

LOG = "worker.log"
WORKER = (sys.executable, "-m", "landbridge.app.worker")


class Jobs:
    """Takes jobs, does them one after the other in a process that may be killed.

    Parameters
    ----------
    settings : data folder and how many jobs may wait
    command : of the worker; the data folder and `--warm` are put at its end
    """

    def __init__(self, settings: Settings, command: Sequence[str] = WORKER) -> None:
        self.data = settings.data
        self.command = tuple(command)
        self.most = settings.limits.jobs_waiting
        self.store = JobStore(settings.folder(JOBS))
        self._change = threading.Condition(threading.RLock())
        self._worker: subprocess.Popen[str] | None = None
        self._ended: list[subprocess.Popen[str]] = []
        self._closed = False
        self._thread: threading.Thread | None = None
        for job in self.store.all():
            if job.status == "running":
                self._end(job.id, "interrupted", stage="the server ended meanwhile")

    def start(self, *, warm: bool = False) -> None:
        """Begin to do what waits.

        Parameters
        ----------
        warm : start the worker before there is a job, so that the first is done sooner
        """
        self._thread = threading.Thread(target=self._run, args=(warm,), name="jobs", daemon=True)
        self._thread.start()

    def submit(self, kind: str, title: str, asked: Mapping[str, Any]) -> Job:
        """Put a job at the end of the queue.

        Raises
        ------
        RefusedError
            The queue is full, or the server is ending.
        """
        with self._change:
            if self._closed:
                raise RefusedError(503, "the server is ending", mend="start it again")
            if len(self.waiting()) >= self.most:
                what = f"{self.most} jobs are waiting already"
                raise RefusedError(429, what, mend="cancel one, or come back later", after_s=30)
            job = self.store.put(new_job(kind, title, asked))
            self._change.notify_all()
            return job

    def waiting(self) -> list[Job]:
        """Jobs in the queue, the next one first."""
        return [job for job in reversed(self.store.all()) if job.status == "queued"]

    def place(self, job: Job) -> int | None:
        """How many jobs are before one in the queue; None where it does not wait."""
        if job.status != "queued":
            return None
        ahead = [one.id for one in self.waiting()].index(job.id)
        return ahead + any(one.status == "running" for one in self.store.all())

    def again(self, identifier: str) -> Job:
        """Ask the same once more."""
        job = self.store.get(identifier)
        return self.submit(job.kind, job.title, job.asked)

    def cancel(self, identifier: str) -> Job:
        """End a job: one that runs loses its worker, and what it half wrote is removed.

        Raises
        ------
        UnknownNameError
            No such job.
        RefusedError
            It is over already.
        """
        with self._change:
            job = self.store.get(identifier)
            if job.over:
                raise RefusedError(409, f"the job {job.id} is over: {job.status}")
            running = job.status == "running"
            self._end(job.id, "cancelled", stage="cancelled")
            if running:
                self._kill()
            self._change.notify_all()
        return self.store.get(identifier)

    def close(self) -> None:
        """Take no more jobs and end the worker; a job that runs is marked interrupted."""
        with self._change:
            self._closed = True
            for job in self.store.all():
                if job.status == "running":
                    self._end(job.id, "interrupted", stage="the server ended meanwhile")
            self._kill()
            self._change.notify_all()
        if self._thread is not None:
            self._thread.join(10)
        for worker in self._ended:
            _shut(worker)

    def _run(self, warm: bool) -> None:
        if warm:
            with self._change:
                if not self._closed:
                    self._start_worker()
        while (job := self._next()) is not None:
            self._do(job)

    def _next(self) -> Job | None:
        with self._change:
            while not self._closed:
                if waiting := self.waiting():
                    return self.store.change(
                        waiting[0].id, status="running", started=now(), stage="starting"
                    )
                self._change.wait()
            return None

    def _do(self, job: Job) -> None:
        begun = time.time()
        with self._change:
            if self.store.get(job.id).over:
                return
            worker = self._worker
            if worker is None or worker.poll() is not None:
                worker = self._start_worker()
        said: dict[str, Any] = {}
        try:
            assert worker.stdin is not None
            assert worker.stdout is not None
            asked = {"id": job.id, "kind": job.kind, "asked": dict(job.asked)}
            worker.stdin.write(json.dumps(asked) + "\n")
            worker.stdin.flush()
            for line in worker.stdout:
                said = json.loads(line)
                if said["event"] != "progress":
                    break
                self._progress(job.id, said)
                said = {}
        except (OSError, ValueError):
            said = {}
        self._finish(job, said, worker, begun)

    def _progress(self, identifier: str, said: Mapping[str, Any]) -> None:
        with self._change:
            job = self.store.get(identifier)
            if job.status == "running":
                # Stages that start anew must not take the bar back.
                share = max(job.share, min(float(said["share"]), 0.99))
                self.store.change(identifier, keep=False, stage=said["stage"], share=share)

    def _finish(
        self, job: Job, said: Mapping[str, Any], worker: subprocess.Popen[str], begun: float
    ) -> None:
        with self._change:
            over = self.store.get(job.id).over
            if not said:
                # The line broke off: the worker is dead, or will be.
                self._kill()
                code = worker.wait()
                _shut(worker)
            if not over:
                if said.get("event") == "done":
                    self.store.put_result(job.id, said["result"])
                    self._end(job.id, "done", stage="done", share=1.0, made=said["made"])
                elif said:
                    self._end(job.id, "failed", stage="failed", error=said["error"])
                else:
                    error = {
                        "what": f"the worker ended without an answer (status {code})",
                        "mend": f"see {JOBS}/{LOG} in the data folder; memory may be short",
                    }
                    self._end(job.id, "failed", stage="failed", error=error)
            if not said and self.store.get(job.id).status != "interrupted":
                clean(self.data, job, begun)

    def _end(self, identifier: str, status: str, **fields: Any) -> None:
        self.store.change(identifier, status=status, finished=now(), **fields)

    def _start_worker(self) -> subprocess.Popen[str]:
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        with (self.store.folder / LOG).open("ab") as log:
            if log.tell() > 1_000_000:
                log.truncate(0)
            self._worker = subprocess.Popen(  # noqa: S603
                [*self.command, str(self.data), "--warm"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                encoding="utf-8",
                env=environment,
                start_new_session=True,
            )
        return self._worker

    def _kill(self) -> None:
        """End the worker and whatever it started."""
        worker, self._worker = self._worker, None
        if worker is None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
        self._ended = [worker]


def _shut(worker: subprocess.Popen[str]) -> None:
    """Close the line to a worker that is dead, once nobody reads from it any more."""
    for pipe in (worker.stdin, worker.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
