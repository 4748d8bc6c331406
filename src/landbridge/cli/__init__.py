"""The command line: a thin skin over the Python API."""

from landbridge.cli.main import main

__all__ = ["main"]
