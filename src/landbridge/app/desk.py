"""One world in one thread: questions wait their turn, and like questions are asked once."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from landbridge.app.refused import RefusedError

if TYPE_CHECKING:
    from landbridge.world import World

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
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="world")
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
        self._thread.submit(self._load)

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
        loop = asyncio.get_running_loop()
        answer = await loop.run_in_executor(self._thread, lambda: question(self._load()))
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
        """Take no more questions."""
        self._thread.shutdown(wait=False, cancel_futures=True)
