"""Scenarios: named lists of levers in TOML files, read and checked before anything is computed."""

from landbridge.scenario.check import check
from landbridge.scenario.model import SYSTEMS, Scenario, Source, Uncertainty
from landbridge.scenario.problems import Problem
from landbridge.scenario.read import read_scenario, read_text
from landbridge.scenario.shipped import coverage, shipped, slugs

__all__ = [
    "SYSTEMS",
    "Problem",
    "Scenario",
    "Source",
    "Uncertainty",
    "check",
    "coverage",
    "read_scenario",
    "read_text",
    "shipped",
    "slugs",
]
