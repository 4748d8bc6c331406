"""Reading documents: pages a second, and memory as collections grow.

Run: python benchmarks/evidence.py

A page is 3,000 characters. Documents are generated: sentences of many kinds with numbers, names
and dates that differ from one to the next. Every measure runs in a process of its own; memory is
the peak of the process and its largest child.
"""

from __future__ import annotations

import json
import math
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from results import merge, row, show

PREFIX = "evidence: "
SIZES = (500, 2000)
PAGE = 3000
PATTERNS = (
    "In {year} {n} trains ran from {city} to {other}, up {p}% on the year before.",
    "The Ministry of Transport of {land} signed {k} agreements worth ${m} billion in {city}.",
    "{name}, director of the Institute for {field} Studies, said that transit will grow by {p} %.",
    "On {d} May {year} the {field} Forum was held in {city} with {n} participants.",
    "The cost fell from ${n} to ${k}00 per container, and the journey from {p} to {k} days.",
    "Experts warn that queues at the border of {land} are a barrier to trade.",
    "Of {n} projects, {k} have been completed and {p} are under construction in {land}.",
    "{land} exported {n} thousand tonnes of {good} in {year}, most of it by {way}.",
    "According to {name}, the {good} terminal of {city} handles {m} million tonnes a year.",
    "The road from {city} to {other} is {n} km long; lorries cover it in {k} hours.",
    "About {p} percent of the {good} of {land} goes through {other}, the rest through {city}.",
    "Trade between {land} and China reached ${m}.{k} billion last year.",
    "{name} of the {field} Bank recalled that the loan of {m} million euros was granted in {year}.",
    "Nobody knows how many of the containers return empty, the authors add.",
    "The agreement of {year} gives the {field} Company {p}% of the shares of the port of {city}.",
    "В {year} году через {city} прошло {n} контейнеров, рост составил {p}%.",
    "По словам эксперта, доля {land} в транзите выросла с {k}% до {p}%.",
    "Строительство терминала обойдётся в {m} млн долларов и займёт {k} месяцев.",
)
WORDS = {
    "city": ("Almaty", "Aktau", "Chongqing", "Duisburg", "Tashkent", "Baku", "Lodz", "Khorgos"),
    "other": ("Hamburg", "Xi'an", "Poti", "Istanbul", "Urumqi", "Moscow", "Mersin", "Bandar Abbas"),
    "land": ("Kazakhstan", "Uzbekistan", "Georgia", "Poland", "Azerbaijan", "Turkmenistan"),
    "field": ("Eurasian", "Economic", "Caspian", "Silk Road", "Logistics", "Northern"),
    "good": ("wheat", "copper", "cotton", "steel", "fertiliser", "grain", "coal"),
    "way": ("rail", "road", "sea", "river"),
}
GIVEN = ("Serik", "Anna", "Tomasz", "Laila", "Murat", "Elena", "Daniyar", "Nino", "Viktor", "Aigul")
STEMS = ("Aben", "Petr", "Karim", "Suleim", "Nazar", "Tolst", "Ibraim", "Sadyk", "Orl", "Zhaks")
NUMBERS = {"n": (100, 9000), "k": (2, 40), "p": (3, 60), "m": (1, 90), "d": (1, 28),
           "year": (2005, 2023)}  # fmt: skip
SENTENCES = (3, 20)
CODE = """
import json, resource, sys, time
from landbridge.evidence.conflicts import find_in_pairs
from landbridge.evidence.files import Skipped
from landbridge.evidence.read import stream
from landbridge.evidence.spool import Spool
if __name__ == "__main__":
    folder, jobs = sys.argv[1], int(sys.argv[2])
    begin = time.perf_counter()
    with Spool() as spool:
        for one in stream([folder], jobs=jobs):
            assert not isinstance(one, Skipped), one
            spool.add(one)
        read = time.perf_counter() - begin
        find_in_pairs((one.document, one.facts) for one in spool)
    whole = time.perf_counter() - begin
    peak = sum(resource.getrusage(who).ru_maxrss for who in
               (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / 1024
    print(json.dumps({"read_s": read, "whole_s": whole, "peak_mb": peak}))
"""


def documents(folder: Path, count: int) -> int:
    """Write documents, no two alike; the pages they make.

    Each has its own length, order of sentences, names of persons, language mix and form: every
    fifth is a page, the others plain text.
    """
    pick = random.Random(7)
    letters = 0
    for number in range(count):
        people = [f"{pick.choice(GIVEN)} {pick.choice(STEMS)}ov" for _ in range(pick.randint(1, 6))]
        patterns = pick.sample(PATTERNS, pick.randint(5, len(PATTERNS)))
        lines = [f"Report {number}, {pick.randint(2014, 2023)}"]
        for _ in range(pick.randint(*SENTENCES)):
            told: dict[str, str | int] = {key: pick.choice(among) for key, among in WORDS.items()}
            told |= {key: pick.randint(*among) for key, among in NUMBERS.items()}
            sentence = pick.choice(patterns).format(name=pick.choice(people), **told)
            if pick.random() < 0.5:
                lines[-1] += f" {sentence}"
            else:
                lines.append(sentence)
        letters += sum(len(line) for line in lines)
        if number % 5:
            (folder / f"{number:05}.txt").write_text("\n\n".join(lines), encoding="utf-8")
        else:
            page = "".join(f"<p>{line}</p>" for line in lines)
            (folder / f"{number:05}.html").write_text(f"<html><body>{page}", encoding="utf-8")
    return math.ceil(letters / PAGE)


def measured(folder: Path, jobs: int) -> dict[str, float]:
    """Read a folder in a process of its own."""
    code = folder.parent / "read.py"
    code.write_text(CODE, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, str(code), str(folder), str(jobs)],
        check=True,
        capture_output=True,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    """Measure, print, and store."""
    rows = []
    found: dict[int, dict[str, float]] = {}
    begin = time.perf_counter()
    for size in SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "papers")
            folder.mkdir()
            pages = documents(folder, size)
            found[size] = measured(folder, 2)
            if size == SIZES[0]:
                one = measured(folder, 1)
                rows.append(row(f"{PREFIX}two processes against one", f"{size} documents", "s",
                                found[size]["read_s"], one["read_s"]))  # fmt: skip
                print(f"{pages / one['read_s']:.1f} pages a second in one process")
            each = f"{size} documents, {pages} pages"
            rows.append(row(f"{PREFIX}a page", each, "s/page", found[size]["read_s"] / pages))
    small, large = (found[size] for size in SIZES)
    scale = SIZES[1] / SIZES[0]
    size = f"{SIZES[1]} documents against {SIZES[0]}, scaled"
    rows.append(row(f"{PREFIX}read and disagreements", size, "s",
                    large["whole_s"], small["whole_s"] * scale))  # fmt: skip
    rows.append(row(f"{PREFIX}peak memory", size, "MB", large["peak_mb"], small["peak_mb"] * scale))
    for name in ("whole_s", "peak_mb"):
        power = math.log(large[name] / small[name]) / math.log(scale)
        rows.append(row(f"{PREFIX}growth exponent of {name}", size, "1", power, 1.0))
    more = (large["peak_mb"] - small["peak_mb"]) / (SIZES[1] - SIZES[0])
    print(f"10,000 documents would take {small['peak_mb'] + more * (10_000 - SIZES[0]):,.0f} MB")
    print(f"measured in {time.perf_counter() - begin:.0f} s")
    merge(rows, PREFIX)
    show(rows, "Evidence")


if __name__ == "__main__":
    main()
