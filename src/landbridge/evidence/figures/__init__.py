"""Figures and forecasts of a document, by rules."""

from landbridge.evidence.figures.reader import read_figures

__all__ = ["read_figures"]
