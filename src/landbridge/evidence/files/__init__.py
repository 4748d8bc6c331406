"""Files become text: what is read, what is refused and why. Nothing is executed or fetched."""

from landbridge.evidence.files.found import Found, Skipped, find
from landbridge.evidence.files.limits import Limits, UnreadableError
from landbridge.evidence.files.reading import read_bytes, read_file

__all__ = ["Found", "Limits", "Skipped", "UnreadableError", "find", "read_bytes", "read_file"]
