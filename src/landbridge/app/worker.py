"""The process that does jobs, one at a time: started by the server, ended with it.

It reads a job as a line of JSON from standard input and writes lines of JSON to what was standard
output: `progress`, then `done` or `failed`. The world it loads for the first job stays for the
next ones.
"""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, Any

from landbridge.errors import LandbridgeError

_EVERY_S = 0.2
_GRACE_S = 2.0


class Line:
    """The line back to the server; progress is told a few times a second."""

    def __init__(self, out: IO[str]) -> None:
        self._out = out
        self._last = 0.0
        self._stage = ""

    def say(self, event: str, **fields: Any) -> None:
        """Tell something at once."""
        from landbridge.exchange.runs import exact_json

        self._out.write(exact_json({"event": event, **fields}) + "\n")
        self._out.flush()

    def progress(self, stage: str, share: float) -> None:
        """Tell how far a job is."""
        here = time.monotonic()
        if stage != self._stage or here - self._last > _EVERY_S:
            self._stage, self._last = stage, here
            self.say("progress", stage=stage, share=float(share))


def main(data: Path) -> None:
    """Do the jobs that come, until the server goes away."""
    # Libraries may print; only this module writes to the server.
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    os.chdir(data)
    line = Line(out)
    jobs: queue.SimpleQueue[Mapping[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(jobs,), daemon=True).start()
    from landbridge.app.tasks import Tasks

    tasks = Tasks(data)
    try:
        # A job that is here already may need no world.
        work(tasks.do, jobs.get(timeout=_GRACE_S if "--warm" in sys.argv else None), line)
    except queue.Empty:
        tasks.warm()
    while True:
        work(tasks.do, jobs.get(), line)


def work(do: Callable[..., Any], job: Mapping[str, Any], line: Line) -> None:
    """Do one job and tell how it ended."""
    try:
        made, result = do(job, line.progress)
    except LandbridgeError as error:
        from landbridge.app.api.errors import refusal

        line.say("failed", error=refusal(error).model_dump(exclude_none=True))
    except Exception as error:
        traceback.print_exc()
        what = f"unexpected {type(error).__name__}: {error}"
        line.say("failed", error={"what": what, "mend": "please report it"})
    else:
        line.say("done", made=made, result=result)


def _listen(jobs: queue.SimpleQueue[Mapping[str, Any]]) -> None:
    for text in sys.stdin:
        jobs.put(json.loads(text))
    # The server is gone, and whatever this process has started goes with it.
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
