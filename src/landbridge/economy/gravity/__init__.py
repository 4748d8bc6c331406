"""Gravity: what distance, borders, agreements and hours do to trade, estimated on a panel."""
