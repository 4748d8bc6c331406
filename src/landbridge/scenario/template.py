"""A scenario file to start from, with its parts explained in comments."""

TEMPLATE = """\
# A scenario: what is changed, in which year, and where each size comes from.
# `landbridge scenarios check FILE` finds every problem; docs/scenarios.md lists the kinds.

name = "Dostyk at twelve hours"
question = "What does it bring if trains cross at Dostyk in half a day?"  # ends with ?
year = 2025              # the year assessed
# baseline_year = 2025   # year of the network and rates compared with; left out: the same
description = ""         # two to four sentences
systems = ["belt", "infrastructure", "hub"]  # `landbridge scenarios coverage` lists them
sources = [
  { title = "Where the sizes come from", address = "https://…", as_of = "2025" },
]

# What a run with --draws varies besides the intervals of the levers:
# [uncertainty]
# draws = 200
# seed = 1
# elasticities = true
# value_of_time = true

# One table for each lever; any number, in any combination. A number may be plain or carry an
# interval, { value = 12, low = 8, high = 20 }: the median, the 5th and the 95th percentile.
[[lever]]
kind = "crossing"
crossing = "rail-alashankou-dostyk"  # `landbridge crossings` lists ids and names
hours = { value = 12, low = 8, high = 20 }
source = "Where the sizes come from: page 3"  # required in every lever
# from_year = 2025       # years in which it acts, both included; left out: always
# to_year = 2030
# note = "for people"
"""
