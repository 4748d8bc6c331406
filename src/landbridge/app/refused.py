"""The error of a request that the server refuses for a reason of its own."""

from __future__ import annotations

from landbridge.errors import LandbridgeError


class RefusedError(LandbridgeError):
    """A request that is refused: too much at once, too large, not in this state.

    Parameters
    ----------
    status : of the answer, HTTP
    what, where, mend : what is wrong, the parameter or file it is about, how to mend it
    after_s : seconds after which to try again
    """

    def __init__(
        self, status: int, what: str, *, where: str = "", mend: str = "", after_s: int | None = None
    ) -> None:
        super().__init__(f"{what}; {mend}" if mend else what)
        self.status = status
        self.what, self.where, self.mend = what, where, mend
        self.headers = {} if after_s is None else {"Retry-After": str(after_s)}
