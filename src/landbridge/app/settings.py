"""What a server is told when it starts: its data folder, its address, its limits."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from landbridge.errors import InputError

WARM = "LANDBRIDGE_WARM"
LOOPBACK = ("127.0.0.1", "localhost", "::1")
RUNS, OUTLOOKS, EVIDENCE, JOBS = "runs", "outlooks", "evidence", "jobs"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request or all of them may ask for.

    Attributes
    ----------
    body_bytes : of a request that carries JSON or TOML
    upload_bytes : of all files of one upload together
    upload_files : files of one upload
    uploads : uploads under way at the same time; one more is refused
    documents : files that the evidence folder holds at most
    jobs_waiting : jobs in the queue; one more is refused
    working : requests computed at the same time; others wait
    briefs : briefs drawn or waiting to be; one more is refused
    """

    body_bytes: int = 1_000_000
    upload_bytes: int = 50_000_000
    upload_files: int = 20
    uploads: int = 4
    documents: int = 2_000
    jobs_waiting: int = 20
    working: int = 12
    briefs: int = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """Where a server listens and what it may touch.

    Attributes
    ----------
    data : folder that holds everything written: runs, outlooks, evidence, jobs
    host, port : address to listen on
    token : secret that every request must show; blank for none
    hosts : more names by which the server may be called (a proxy's, say)
    warm : load the world in the background, so that the first question is answered sooner; not
        where the environment says LANDBRIDGE_WARM=0
    limits : what may be asked for

    Examples
    --------
    >>> Settings(Path("data")).token_needed
    False
    >>> Settings(Path("data"), host="0.0.0.0").checked()
    Traceback (most recent call last):
        ...
    landbridge.errors.InputError: host 0.0.0.0 can be reached by others: give a token too
    """

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    token: str = ""
    hosts: tuple[str, ...] = ()
    warm: bool = field(default_factory=lambda: os.environ.get(WARM) != "0")
    limits: Limits = field(default_factory=Limits)

    @property
    def token_needed(self) -> bool:
        """Whether others than this machine's users may reach the address."""
        return self.host not in LOOPBACK

    def checked(self) -> Settings:
        """The settings, refused where they would be unsafe.

        Raises
        ------
        InputError
            An address that others reach, and no token; or a token too short to be a secret.
        """
        if self.token_needed and not self.token:
            raise InputError(f"host {self.host} can be reached by others: give a token too")
        if self.token and len(self.token) < 8:
            raise InputError("the token is shorter than 8 characters: take a longer one")
        return self

    def folder(self, name: str) -> Path:
        """A folder of the data folder, made where it is missing."""
        made = self.data / name
        made.mkdir(parents=True, exist_ok=True)
        return made
