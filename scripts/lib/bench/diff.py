"""Measures how fast billdrop compares two files, and in how much memory.

usage: scripts/bench diff [--rows N] [--runs N] [--seed N] [--data DIR] [--billdrop FILE]

Makes a file of bills (scripts/lib/bench/bills.c) and another of it: every 100th bill gone, another amount in every 50th, as
many new ones, and all rows in another order. Compares the two with billdrop. Prints wall seconds, rows a second (of
both files) and peak memory, medians of the runs, beside `wc -l` of both files, and whether they keep to what billdrop is
meant to reach: two files of 1,000,000 rows in 5 s and 200 MB. Ends 1 where billdrop counts other differences than were
made.

--rows     rows of each file (default 1000000)
--runs     runs, after one that isn't counted (default 5)
--data     where files are made, and kept for the next time (default: a folder in the temporary directory)
--billdrop the binary (default: swift build -c release --product billdrop --static-swift-stdlib)
"""

import argparse
import csv
import io
import json
import random
import statistics
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from read import PARTS, build, timed

SECONDS, MEGABYTES = 5, 200


def make(data, rows, seed):
    """Both files, and what billdrop has to find between them."""
    generator = data / "bills"
    subprocess.run(["cc", "-O2", "-o", generator, PARTS / "bills.c"], check=True)
    old, new = data / f"diff-old-{rows}-{seed}.csv", data / f"diff-new-{rows}-{seed}.csv"
    said = data / f"diff-{rows}-{seed}.json"
    if said.exists():
        return old, new, json.loads(said.read_text())
    with open(old, "wb") as out:
        subprocess.run([generator, str(rows), str(seed), "0"], stdout=out, stderr=subprocess.DEVNULL, check=True)
    heading, *lines = csv.reader(io.StringIO(old.read_text(), newline=""))
    amount = heading.index("amount_due")
    expected = {"same": 0, "changed": 0, "added": 0, "gone": 0}
    for number, cells in enumerate(lines):
        if number % 100 == 7:
            cells[0] = f"NEW-{number}"
            expected["gone"] += 1
            expected["added"] += 1
        elif number % 50 == 3:
            cells[amount] = str(int(cells[amount]) % 90_000_000 + 1)
            expected["changed"] += 1
        else:
            expected["same"] += 1
    random.Random(seed).shuffle(lines)
    with open(new, "w", newline="") as out:
        csv.writer(out, lineterminator="\n").writerows([heading, *lines])
    said.write_text(json.dumps(expected))
    return old, new, expected


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "billdrop-bench")
    parser.add_argument("--billdrop", type=Path)
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args()
    if options.help:
        print(__doc__.strip())
        return 0
    options.data.mkdir(parents=True, exist_ok=True)
    billdrop = options.billdrop or build()
    # In a process of its own: what it takes in memory would else count as that of the programs measured after it.
    with ProcessPoolExecutor(1) as pool:
        old, new, expected = pool.submit(make, options.data, options.rows, options.seed).result()
    figures = []
    for turn in range(options.runs + 1):
        floor, _, _ = timed(["wc", "-l", old, new])
        wall, memory, text = timed([billdrop, "diff", old, new, "--format", "json"])
        found = json.loads(text)
        counted = {name: found[name] for name in expected}
        if counted != expected:
            sys.exit(f"billdrop counts {counted}, made {expected}")
        if turn:
            figures.append((wall, memory, floor))
    wall, memory, floor = (statistics.median(column) for column in zip(*figures))
    size = (old.stat().st_size + new.stat().st_size) / 1e6
    print(f"two files of {options.rows:,} rows, {size:,.0f} MB together, {expected['changed']:,} changed, "
          f"{expected['added']:,} added, {expected['gone']:,} gone; medians of {options.runs} runs\n")
    print("| | wall s | rows/s | peak MB |\n| --- | ---: | ---: | ---: |")
    print(f"| wc -l | {floor:.2f} | {2 * options.rows / floor:,.0f} | |")
    print(f"| billdrop diff | {wall:.2f} | {2 * options.rows / wall:,.0f} | {memory:.0f} |")
    if options.rows == 1_000_000:
        kept = wall <= SECONDS and memory <= MEGABYTES
        print(f"\nmeant to take at most {SECONDS} s and {MEGABYTES} MB: {'kept' if kept else 'NOT KEPT'}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
