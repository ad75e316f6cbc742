"""What 1, 2 and 4 processes that share a ledger send together: at a stated rate, and as fast as they can; and one with a
ledger in a file beside them, on the same machine at the same time of the day."""

import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from .ledgers import FileLedger, ServerLedger
from .process import KEY, Sandbox
from .world import World

# More than any of them sends.
FREE = 5_000
HEADING = ("external_reference,currency,amount_due,bill_date,due_date,account.external_reference,"
           "account.customer.external_reference\n")


def figures(binaries, rate, rows, ranges=False):
    """Prints a line for each number of processes, which have a file each or send one file together in `ranges`; 1 where a
    rate was passed or a bill is missing."""
    failed = False
    print(f"{'ledger':>7} {'processes':>9} {'rate':>6} {'sent/s':>8} {'of it':>7} {'most in 1 s':>12} {'429s':>5} {'bills':>7}")
    for stated in (rate, None):
        for kind, processes in ((FileLedger, 1), (ServerLedger, 1), (ServerLedger, 2), (ServerLedger, 4)):
            line, is_good = _measure(binaries, kind, processes, stated, rows, ranges)
            failed |= not is_good
            print(line, flush=True)
    return 1 if failed else 0


def _measure(binaries, kind, processes, rate, rows, ranges):
    folder = Path(tempfile.mkdtemp(prefix="hosts-figures-"))
    folder.chmod(0o711)
    ledger = kind(folder)
    # The sandbox holds them to the rate; without one it takes what comes.
    limit = ["--rate", str(rate)] if rate else []
    sandbox = Sandbox(binaries / "moment-sandbox", folder, ["--latency", "20", *limit, "--seed", "1"])
    try:
        _fill(folder / "drop" / "inbound", 1 if ranges else processes, rows)
        config = folder / "billdrop.json"
        config.write_text(json.dumps({
            "api": {"endpoint": sandbox.endpoint}, "guard": "off",
            "limits": {"rate": rate or FREE, "in_flight": 64, "range_rows": max(1, rows // 40) if ranges else 0},
            "ledger": str(ledger.address), "reports": "reports", "parties": "new",
            "feeds": {"nightly": {"drop": {"path": "drop"}, "complete": {"seconds": 0.3}}}}))
        running = [_start(binaries, config, folder, number, ranges) for number in range(processes)]
        codes = [process.wait(timeout=900) for process in running]
        world = World.load(sandbox.url, "billdrop")
        return _judge(world, codes, f"{'server' if ledger.has_server else 'file':>7} {processes:>9}", rate, rows)
    finally:
        sandbox.end()
        ledger.end()
        shutil.rmtree(folder, ignore_errors=True)


def _fill(inbound, files, rows):
    """A file for each process, all of the same size."""
    inbound.mkdir(parents=True)
    for file in range(files):
        lines = [f"B{file}-{row},ZAR,100,2026-01-01,2026-02-01,A{file}-{row // 3},C{file}-{row // 3}\n"
                 for row in range(rows // files)]
        (inbound / f"bills-{file}.csv").write_text(HEADING + "".join(lines))


def _start(binaries, config, folder, number, ranges):
    state = folder / f"state-{number}"
    state.mkdir()
    environment = dict(os.environ, MOMENT_API_KEY=KEY, XDG_STATE_HOME=str(state), TMPDIR=str(state))
    log = open(folder / f"billdrop-{number}.log", "ab")
    command = (["submit", folder / "drop" / "inbound" / "bills-0.csv", "--config", config, "--feed", "nightly"] if ranges
               else ["run", "--config", config])
    return subprocess.Popen([binaries / "billdrop", *command], stdout=log, stderr=log, env=environment)


def _judge(world, codes, who, rate, rows):
    """Over the time in which all of them were sending: without the first and the last two seconds, or quarters if shorter."""
    moments = sorted(entry["arrived_at_ms"] for entry in world.ours)
    edge = min(2000, (moments[-1] - moments[0]) // 4)
    first, last = moments[0] + edge, moments[-1] - edge
    within = [moment for moment in moments if first <= moment < last]
    pace = len(within) / max(0.001, (last - first) / 1000)
    most, start = 0, 0
    for index, moment in enumerate(moments):
        while moments[start] + 1000 <= moment:
            start += 1
        most = max(most, index - start + 1)
    refused = sum(entry["answered"] == 429 for entry in world.ours)
    share = f"{100 * pace / rate:.1f} %" if rate else "–"
    line = f"{who} {rate or 'none':>6} {pace:>8.1f} {share:>7} {most:>12} {refused:>5} {len(world.bills):>7}"
    is_good = len(world.bills) == rows // 4 * 4 and not world.twice and set(codes) <= {0}
    return line + ("" if is_good else f"  (ends: {codes})"), is_good
