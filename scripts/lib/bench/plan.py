"""usage: scripts/bench plan [--rows N] [--runs N] [--binaries DIR]

Runs `billdrop plan` and `billdrop rehearse` on this machine and prints, as a table:

  known file   a plan of a file that the ledger has finished: nothing is asked
  known bills  a plan of the same bills in other bytes: each is compared with what the ledger has; nothing is asked
  written      the same with --reports: plan.json, a line a row and the other files
  rehearsal    5,000 rows at 1,000 a second and 40 ms: how much longer than the limit and one latency demand

  --rows N        rows of the file that is planned (500000)
  --runs N        of each, after one that doesn't count; the median is told (3)
  --binaries DIR  where billdrop and moment-sandbox are (.build/release, which is built where it is missing)

Exits 1 where a plan of what is known asks anything or is slower than 100,000 rows/s, or where a rehearsal takes more
than a second and a half beyond what is demanded. Takes about two minutes; all is written below TMPDIR and removed.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from submit import HEADING, Sandbox

ROOT = Path(__file__).resolve().parents[3]
KEY = {"MOMENT_API_KEY": "sk_test_sandbox"}
LEAST = 100_000


def bills(path, count, end=""):
    with path.open("w") as file:
        file.write(HEADING)
        for n in range(count):
            file.write(f"B{n},ZAR,{1000 + n % 90000},2026-01-02,2026-02-01,A{n // 3},C{n // 3},Thandi Molefe\n")
        file.write(end)
    return path


def run(command):
    """(seconds, what --format json says)."""
    begun = time.monotonic()
    done = subprocess.run(command, env=os.environ | KEY, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - begun
    if done.returncode != 0:
        sys.exit(f"{' '.join(map(str, command))} ended {done.returncode}: {done.stderr}{done.stdout}")
    return seconds, json.loads(done.stdout)


def median(runs, command):
    run(command)
    timings = [run(command) for _ in range(runs)]
    return statistics.median(seconds for seconds, _ in timings), timings[-1][1]


def plans(options, folder, binaries):
    """The table's rows, and whether each is as it ought to be."""
    file = bills(folder / "bills.csv", options.rows)
    other = bills(folder / "other.csv", options.rows, end="\n")
    with Sandbox(binaries, folder) as sandbox:
        where = ["--endpoint", sandbox.url, "--ledger", folder / "ledger.sqlite", "--format", "json"]
        run([binaries / "billdrop", "submit", file, *where, "--rate", "1000000", "--in-flight", "64",
             "--reports", folder / "reports"])
        for name, what, more in [("known file", file, []), ("known bills", other, []),
                                 ("written", other, ["--reports", folder / "reports"])]:
            seconds, said = median(options.runs, [binaries / "billdrop", "plan", what, *where, *more])
            rate = options.rows / seconds
            yield (name, seconds, f"{rate:,.0f} rows/s, {said['plan']['asked']} asked",
                   said["plan"]["asked"] == 0 and rate >= LEAST)


def rehearsal(options, folder, binaries):
    rows, rate, latency = 5_000, 1_000, 40
    file = bills(folder / "rehearsed.csv", rows)
    seconds, said = median(1, [binaries / "billdrop", "rehearse", file, "--rate", str(rate), "--latency", str(latency),
                               "--format", "json"])
    demanded = said["rehearsal"]["requests"]["sent"] / rate + latency / 1000
    return ("rehearsal", seconds, f"{demanded:.2f} s demanded, {seconds - demanded:.2f} s more", seconds - demanded < 1.5)


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--rows", type=int, default=500_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--binaries", type=Path, default=ROOT / ".build/release")
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args()
    if options.help:
        print(__doc__.strip())
        return 0
    binaries = options.binaries.resolve()
    for product in ("billdrop", "moment-sandbox"):
        if not (binaries / product).exists():
            subprocess.run(["swift", "build", "-c", "release", "--product", product], cwd=ROOT, check=True)
    good = True
    print(f"{options.rows:,} rows\n\n| | s | |\n| --- | ---: | --- |")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for name, seconds, words, is_good in [*plans(options, folder, binaries), rehearsal(options, folder, binaries)]:
            print(f"| {name} | {seconds:.2f} | {words}{'' if is_good else ' (not as it ought to be)'} |")
            good = good and is_good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
