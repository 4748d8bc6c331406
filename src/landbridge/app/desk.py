"""One world in one thread: questions wait their turn, and like questions are asked once."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from landbridge.app.refused import RefusedError

if TYPE_CHECKING:
    from landbridge.world import World

T = TypeVar("T")
KEPT_BYTES = 64_000_000
WAITING = 256


class Desk:
    """Asks the world in a thread of its own; its stores belong to the thread that opened them.

    Parameters
    ----------
    kept_bytes : of answers that are remembered
    waiting : questions that may wait; one more is refused
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES, waiting: int = WAITING) -> None:
        self._line: SimpleQueue[tuple[Callable[[], Any], Future[Any]] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._world: World | None = None
        self._asked: dict[Hashable, asyncio.Task[bytes]] = {}
        self._kept: OrderedDict[Hashable, bytes] = OrderedDict()
        self._room = kept_bytes
        self._waiting = waiting
        self.stage = "not loaded"
        self.share = 0.0

    @property
    def ready(self) -> bool:
        """Whether the world is loaded."""
        return self._world is not None

    def warm(self) -> None:
        """Load the world in the background."""
        self._put(self._load)

    async def ask(self, key: Hashable, question: Callable[[World], bytes]) -> bytes:
        """Ask, or remember the answer to the same question.

        Parameters
        ----------
        key : what makes two questions the same

        Raises
        ------
        RefusedError
            Too many questions wait.
        """
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            if len(self._asked) >= self._waiting:
                what = f"{self._waiting} questions are waiting already"
                raise RefusedError(429, what, mend="ask again in a while", after_s=10)
            task = asyncio.ensure_future(self._answer(key, question))
            self._asked[key] = task
            task.add_done_callback(lambda done: self._over(key, done))
        # One who goes away must not take the answer from the others who wait for it.
        return await asyncio.shield(self._asked[key])

    async def _answer(self, key: Hashable, question: Callable[[World], bytes]) -> bytes:
        answer = await asyncio.wrap_future(self._put(lambda: question(self._load())))
        self._kept[key] = answer
        while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self._room:
            self._kept.popitem(last=False)
        return answer

    def _over(self, key: Hashable, done: asyncio.Task[bytes]) -> None:
        self._asked.pop(key, None)
        if not done.cancelled():
            # Said to whoever waits; nobody may be left to hear it.
            done.exception()

    def _load(self) -> World:
        if self._world is None:
            from landbridge.world import World

            self._world = World.base(self._progress)
            self.stage, self.share = "ready", 1.0
        return self._world

    def _progress(self, stage: str, share: float) -> None:
        self.stage, self.share = stage, share

    def close(self) -> None:
        """Take no more questions; what is being worked on is left to end with the process."""
        self._line.put(None)

    def _put(self, work: Callable[[], T]) -> Future[T]:
        future: Future[T] = Future()
        self._line.put((work, future))
        if self._thread is None:
            # A network that is being built, minutes long, must not hold up the end.
            self._thread = threading.Thread(target=self._work, name="world", daemon=True)
            self._thread.start()
        return future

    def _work(self) -> None:
        while (next_one := self._line.get()) is not None:
            work, future = next_one
            if not future.set_running_or_notify_cancel():
                continue
            try:
                future.set_result(work())
            except BaseException as error:
                future.set_exception(error)
