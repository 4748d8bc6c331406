"""Scenarios compared with a baseline: times, trade, incomes, flows by corridor and crossing."""
