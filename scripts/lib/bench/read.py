"""Measures how fast billdrop reads and checks the same bills in several forms of file.

usage: scripts/bench read [--rows N] [--runs N] [--seed N] [--threads N] [--data DIR] [--billdrop FILE]

Makes the same bills as a CSV under field paths, which is read as it is and by a layout that names its columns, as fixed
width that needs no conversions either, as a CSV and as fixed width that need some, and as fixed width in EBCDIC with
packed amounts (scripts/lib/bench/records.c), and validates each in turn, `wc -l` of the same file before it in the same
run. Prints medians: rows and megabytes a second, processor time, how many times longer than `wc -l` it takes, and whether
fixed width is as fast as CSV per byte. Ends 1 where billdrop's counts or sum aren't those of the generator.

--rows     rows of each file (default 1000000)
--runs     runs of each, after one that isn't counted (default 5)
--threads  as billdrop's option (default: as many as processors)
--data     where files are made, and kept for the next time (default: a folder in the temporary directory)
--billdrop the binary (default: swift build -c release --product billdrop --static-swift-stdlib)
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
PARTS = ROOT / "scripts/lib/bench"
PLACES = """
  "columns": {
    "reference": { "start": 1, "length": 16 },
    "customer": { "start": 17, "length": 12 },
    "name": { "start": 29, "length": 30 },
    "amount": { "start": 59, "length": 10%s },
    "date": { "start": 69, "length": 8 },
    "due": { "start": 77, "length": 8 },
    "period": { "start": 85, "length": 6 },
  },
  "fields": {
    "external_reference": "reference",
    "currency": { "constant": "ZAR" },
    "amount_due": { "column": "amount", "steps": [{ "amount": { "implied_decimals": 2 } }] },
    "bill_date": { "column": "date", "steps": [{ "date": "yyyyMMdd" }] },
    "due_date": { "column": "due", "steps": [{ "date": "yyyyMMdd" }] },
    "customer.external_reference": "customer",
    "customer.name": "name",
    "metadata.period": "period",
  },
"""
PLAIN = """
  "columns": {
    "reference": { "start": 1, "length": 16 },
    "customer": { "start": 17, "length": 12 },
    "name": { "start": 29, "length": 30 },
    "amount": { "start": 59, "length": 10 },
    "date": { "start": 69, "length": 10 },
    "due": { "start": 79, "length": 10 },
    "period": { "start": 89, "length": 7 },
  },
  "fields": {
    "external_reference": "reference", "currency": { "constant": "ZAR" }, "amount_due": "amount", "bill_date": "date",
    "due_date": "due", "customer.external_reference": "customer", "customer.name": "name", "metadata.period": "period",
  },
"""
NAMED = "".join(f'"{path}": "{path}", ' for path in (
    "external_reference", "currency", "amount_due", "bill_date", "due_date", "customer.external_reference",
    "customer.name", "metadata.period"))
FORMS = {
    "default CSV": ("default", None),
    "mapped CSV, no conversions": ("default", '{ "name": "named", "format": "csv", "fields": { ' + NAMED + "} }"),
    "fixed width, no conversions": ("plain", '{\n  "name": "plain", "format": "fixed-width",' + PLAIN + "}"),
    "mapped CSV": ("mapped", """{
  "name": "mapped", "format": "csv", "csv": { "delimiter": ";" },
  "fields": {
    "external_reference": "InvNo",
    "currency": { "column": "Curr", "steps": ["trim", { "map": { "R": "ZAR", "D": "USD" } }] },
    "amount_due": { "column": "Betrag", "steps": [{ "amount": { "decimal": ",", "group": "." } }] },
    "bill_date": { "column": "Datum", "steps": [{ "date": "dd.MM.yyyy" }] },
    "due_date": { "column": "Faellig", "steps": [{ "date": "dd.MM.yyyy" }] },
    "customer.external_reference": { "column": "KdNr", "steps": ["strip_zeros", { "prefix": "C-" }] },
    "customer.name": "Name",
    "metadata.period": { "column": "Periode", "steps": [{ "replace": { "/": "-" } }] },
  },
}"""),
    "fixed width": ("fixed", '{\n  "name": "fixed", "format": "fixed-width",' + PLACES % "" + "}"),
    "EBCDIC, packed": (
        "ebcdic",
        '{\n  "name": "ebcdic", "format": "fixed-width", "encoding": "IBM037",\n'
        '  "fixed_width": { "record_length": 90, "line_ends": false, "unit": "bytes" },'
        + PLACES % ', "type": "packed"' + "}",
    ),
}


def build():
    options = ["-c", "release", "--product", "billdrop", "--static-swift-stdlib"]
    subprocess.run(["swift", "build", *options], cwd=ROOT, check=True, stdout=sys.stderr)
    shown = subprocess.run(["swift", "build", *options, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip()) / "billdrop"


def make(data, form, rows, seed):
    """The file of a form, and the sum of its amounts."""
    file, said = data / f"{form}-{rows}-{seed}", data / f"{form}-{rows}-{seed}.sum"
    if not said.exists():
        with open(file, "wb") as out:
            made = subprocess.run([data / "records", form, str(rows), str(seed)], stdout=out, stderr=subprocess.PIPE, check=True)
        said.write_bytes(made.stderr)
    return file, int(said.read_text())


def timed(command):
    """Wall seconds, peak memory in MB, processor seconds, and what was printed."""
    with tempfile.TemporaryFile() as out:
        started = time.monotonic()
        process = subprocess.Popen([str(word) for word in command], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        return wall, usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime, out.read().decode()


def check(name, text, rows, total):
    summary = json.loads(text)
    if summary["records"] != {"read": rows, "valid": rows, "invalid": 0}:
        sys.exit(f"{name}: {summary['records']}, made {rows} good ones; {summary['issues'][:3]}")
    if summary["money"]["ZAR"]["read"] != total:
        sys.exit(f"{name}: {summary['money']['ZAR']['read']} cents read, made {total}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--data", type=Path, default=Path(tempfile.gettempdir()) / "billdrop-bench")
    parser.add_argument("--billdrop", type=Path)
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args()
    if options.help:
        print(__doc__.strip())
        return
    options.data.mkdir(parents=True, exist_ok=True)
    billdrop = options.billdrop or build()
    subprocess.run(["cc", "-O2", "-o", options.data / "records", PARTS / "records.c"], check=True)
    figures, sizes = {}, {}
    for turn in range(options.runs + 1):
        for name, (form, layout) in FORMS.items():
            file, total = make(options.data, form, options.rows, options.seed)
            sizes[name] = file.stat().st_size
            command = [billdrop, "validate", file, "--format", "json"]
            if layout:
                file = options.data / (name.replace(" ", "-").replace(",", "") + ".json")
                file.write_text(layout)
                command += ["--layout", file]
            if options.threads:
                command += ["--threads", str(options.threads)]
            floor, _, _, _ = timed(["wc", "-l", command[2]])
            wall, memory, processor, text = timed(command)
            if turn == 0:
                check(name, text, options.rows, total)
            else:
                figures.setdefault(name, []).append((wall, floor, memory, processor))
    table(options, figures, sizes)


def table(options, figures, sizes):
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    print(f"{options.rows:,} rows, {options.runs} runs, {os.cpu_count()} processors, {platform.machine()}, "
          f"load {os.getloadavg()[0]:.1f} at the end, commit {commit}\n")
    print("| | MB | wall s | CPU s | rows/s | MB/s | peak MB | wc -l s | times wc -l |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    pace = {}
    for name, runs in figures.items():
        wall, floor, memory, processor = (statistics.median(run[part] for run in runs) for part in range(4))
        size = sizes[name] / 1e6
        pace[name] = size / min(run[3] for run in runs)
        print(f"| {name} | {size:,.0f} | {wall:.2f} | {processor:.2f} | {options.rows / wall:,.0f} | {size / wall:,.0f} "
              f"| {memory:.0f} | {floor:.3f} | {wall / floor:,.0f} |")
    print()
    for more in ("", ", no conversions"):
        ratio = pace["fixed width" + more] / pace["mapped CSV" + more]
        print(f"- {'met' if ratio >= 1 else 'NOT MET'}: fixed width{more} at least as fast as CSV per byte: {ratio:.2f} times "
              "(least processor time)")


if __name__ == "__main__":
    main()
