"""usage: scripts/bench submit [--seconds S] [--rows N] [--turns N] [--only NAME,…] [--binaries DIR]

Runs `billdrop submit` against moment-sandbox on this machine and prints, as tables:

  requests    requests per created bill on an all-new file, three bills an account, in order and shuffled
  throughput  without a limit, durable ledger, against moment-sandbox --echo: beside wrk with bodies of its own and
              curl --parallel; processor time per request of billdrop and of wrk; medians
  pacing      --rate 50, 500 and 5,000 against a sandbox of the same limit, at latencies of 5 and 200 ms: the share of
              the rate that was used between the first and the last request, by the sandbox's log, and how many were
              429; the slow ones two at a time
  unknown     a limit of 300/s that billdrop isn't told: the share used from 20 s on, and the share that was throttled

The last table sets what was measured beside what it ought to be. All of it takes about seven minutes.

  --seconds S     how long each pacing lasts (60; those of 5,000/s a quarter of it)
  --rows N        rows of the throughput file (200000)
  --turns N       turns of the throughput (3)
  --only NAME,…   only these tables
  --binaries DIR  where billdrop and moment-sandbox are (.build/release, which is built where it is missing)

wrk and curl are left out where they are not installed. Everything is written below TMPDIR and removed. Exits 1 where
something isn't as it ought to be.
"""

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

KEY = "sk_test_sandbox"
HEADING = ("external_reference,currency,amount_due,bill_date,due_date,account.external_reference,"
           "account.customer.external_reference,account.customer.name\n")


class Sandbox:
    def __init__(self, binaries, folder, *arguments):
        port = folder / f"port-{time.monotonic_ns()}"
        self.process = subprocess.Popen(
            [binaries / "moment-sandbox", "--port-file", port, *arguments],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not port.exists():
            if self.process.poll() is not None:
                raise SystemExit("moment-sandbox did not start")
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{port.read_text().strip()}"

    def posts(self):
        """(arrival in seconds, status) of each POST, in order."""
        with urllib.request.urlopen(f"{self.url}/sandbox/log") as answer:
            lines = [json.loads(line) for line in answer]
        return sorted((line["arrived_at_ms"] / 1000, line["answered"]) for line in lines if line["method"] == "POST")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()


def bills(path, count, each=1, seed=None):
    rows = [f"B{n},ZAR,{1000 + n % 90000},2026-01-02,2026-02-01,A{n // each},C{n // each},Thandi Molefe\n"
            for n in range(count)]
    if seed is not None:
        random.Random(seed).shuffle(rows)
    path.write_text(HEADING + "".join(rows))
    return path


def timed(command, **options):
    """(seconds, processor seconds, exit code, output) of a process."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL, **options)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        output.seek(0)
        return seconds, usage.ru_utime + usage.ru_stime, process.returncode, output.read().decode()


def submit(binaries, folder, file, sandbox, *more):
    place = Path(tempfile.mkdtemp(dir=folder))
    result = timed(
        [binaries / "billdrop", "submit", file, "--endpoint", sandbox.url, "--ledger", place / "ledger.sqlite",
         "--reports", place / "reports", "--format", "json", *more],
        env=dict(os.environ, MOMENT_API_KEY=KEY))
    shutil.rmtree(place, ignore_errors=True)
    if result[2] != 0:
        raise SystemExit(f"billdrop ended {result[2]}: {result[3]}")
    return result


def table(title, heads, rows):
    print(f"\n{title}\n")
    print("| " + " | ".join(heads) + " |\n|" + " --- |" * len(heads))
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |", flush=True)


class Goals:
    """What ought to be, and what was."""

    def __init__(self):
        self.rows, self.missed = [], 0

    def add(self, what, goal, figure, is_met):
        self.rows.append((what, goal, figure, "met" if is_met else "**missed**"))
        self.missed += not is_met


def in_pairs(measure, pairs):
    """The results of each pair's two measurements, which run at the same time, in order."""
    with ThreadPoolExecutor(2) as pool:
        return [result for pair in pairs for result in pool.map(lambda one: measure(*one), pair)]


def pacing(binaries, folder, options, goals):
    def measure(rate, latency):
        seconds = options.seconds / 4 if rate > 1000 else options.seconds
        file = bills(folder / f"pace-{rate}-{latency}.csv", int(rate * seconds))
        with Sandbox(binaries, folder, "--rate", str(rate), "--latency", str(latency)) as sandbox:
            submit(binaries, folder, file, sandbox, "--rate", str(rate), "--burst", "1")
            posts = sandbox.posts()
        used = 100 * (len(posts) - 1) / (posts[-1][0] - posts[0][0]) / rate
        throttled = sum(status == 429 for _, status in posts)
        if rate <= 1000:
            goals.add(f"pacing, {rate}/s at {latency} ms", "99.5 % used, no 429", f"{used:.2f} %, {throttled} × 429",
                      used >= 99.5 and throttled == 0)
        return f"{rate:,}/s", f"{latency} ms", f"{seconds:g} s", f"{used:.2f} %", throttled

    pairs = [[(50, 5), (500, 200)], [(50, 200), (500, 5)], [(5000, 5)], [(5000, 200)]]
    table("Pacing, stated rate = the API's limit, burst 1", ["rate", "latency", "for", "used", "429"],
          in_pairs(measure, pairs))


def unknown(binaries, folder, options, goals):
    limit, seconds = 300, max(45, options.seconds)

    def measure(latency, reading):
        file = bills(folder / f"unknown-{latency}-{reading}.csv", int(limit * (seconds - 6)))
        with Sandbox(binaries, folder, "--rate", str(limit), "--latency", str(latency),
                     "--reading", f"rate-headers={reading}") as sandbox:
            submit(binaries, folder, file, sandbox)
            posts = sandbox.posts()
        beginning, end = posts[0][0] + 20, posts[-1][0]
        late = [status for moment, status in posts if beginning <= moment <= end and status < 400]
        used = 100 * len(late) / (end - beginning) / limit
        throttled = sum(status == 429 for _, status in posts)
        share = 100 * throttled / len(posts)
        goals.add(f"unknown limit, {latency} ms, rate headers: {reading}", "95 % used after 20 s, under 0.5 % × 429",
                  f"{used:.2f} %, {share:.3f} %", used >= 95 and share < 0.5)
        return f"{latency} ms", reading, f"{used:.2f} %", f"{share:.3f} %", throttled

    pairs = [[(5, "none"), (200, "none")], [(5, "retry-after"), (5, "ratelimit")]]
    table(f"Unknown limit of {limit}/s", ["latency", "headers", "used from 20 s on", "throttled", "429"],
          in_pairs(measure, pairs))


def requests(binaries, folder, _, goals):
    def measure(name, seed):
        count = 3000
        file = bills(folder / "requests.csv", count, each=3, seed=seed)
        with Sandbox(binaries, folder) as sandbox:
            summary = json.loads(submit(binaries, folder, file, sandbox, "--rate", "100000")[3])
            posts = len(sandbox.posts())
        created = summary["outcomes"]["created"]
        goals.add(f"requests per created bill, rows {name}", "1.000", f"{posts / created:.3f}", posts == created == count)
        return name, created, posts, f"{posts / created:.3f}"

    table("Requests per created bill, an all-new file", ["order of rows", "created", "requests", "per bill"],
          (measure(name, seed) for name, seed in (("as made", None), ("shuffled", 1))))


def wrk(sandbox):
    """(requests a second, processor seconds a request), or None where there is no wrk."""
    if not shutil.which("wrk"):
        return None
    script = Path(__file__).with_name("post.lua")
    _, spent, _, text = timed(["wrk", "-t1", "-c64", "-d5s", "-s", script, sandbox.url])
    count = int(next(line for line in text.splitlines() if "requests in" in line).split()[0])
    return float(next(line for line in text.splitlines() if "Requests/sec" in line).split()[1]), spent / count


def curl(sandbox, folder):
    """The same for curl --parallel."""
    if not shutil.which("curl"):
        return None
    count, config = 6000, folder / "curl.conf"
    config.write_text("\nnext\n".join(
        f'url = "{sandbox.url}/billing/bills"\nheader = "Authorization: Bearer {KEY}"\n'
        f'header = "Content-Type: application/json"\nheader = "Idempotency-Key: c-{n}"\noutput = "/dev/null"\n'
        f'data = "{{\\"external_reference\\":\\"K{n}\\",\\"currency\\":\\"ZAR\\",\\"amount_due\\":{1000 + n},'
        f'\\"bill_date\\":\\"2026-01-02\\",\\"due_date\\":\\"2026-02-01\\",\\"account\\":{{\\"external_reference\\":'
        f'\\"A{n}\\",\\"customer\\":{{\\"external_reference\\":\\"C{n}\\",\\"name\\":\\"Thandi Molefe\\"}}}}}}"'
        for n in range(count)))
    seconds, spent, _, _ = timed(["curl", "--silent", "--parallel", "--parallel-max", "64", "-K", config])
    return count / seconds, spent / count


def ours(binaries, folder, options, sandbox, file):
    """The same for billdrop; what checking alone takes is taken off."""
    seconds, spent, _, _ = submit(binaries, folder, file, sandbox, "--rate", "1000000", "--in-flight", "64")
    checked, check_spent, _, _ = timed([binaries / "billdrop", "validate", file])
    return options.rows / (seconds - checked), (spent - check_spent) / options.rows


def throughput(binaries, folder, options, goals):
    file = bills(folder / "throughput.csv", options.rows)
    turns = []
    with Sandbox(binaries, folder, "--echo") as sandbox:
        for _ in range(options.turns):
            turns.append({"wrk": wrk(sandbox), "curl --parallel": curl(sandbox, folder),
                          "billdrop submit": ours(binaries, folder, options, sandbox, file)})
    rows, rates = [], {}
    for name in turns[0]:
        results = [turn[name] for turn in turns if turn[name]]
        if results:
            rates[name] = statistics.median(rate for rate, _ in results)
            cost = statistics.median(cost for _, cost in results)
            ratios = statistics.median(turn["billdrop submit"][0] / turn[name][0] for turn in turns)
            spread = f"{min(results)[0]:,.0f}–{max(results)[0]:,.0f}"
            rows.append((name, f"{rates[name]:,.0f}/s", spread, f"{ratios:.2f}", f"{cost * 1e6:.0f} µs"))
            if name == "wrk":
                goals.add("moment-sandbox --echo under wrk", "60,000/s", f"{rates[name]:,.0f}/s", rates[name] >= 60_000)
                goals.add("billdrop against wrk", "0.35 ×", f"{ratios:.2f} ×", ratios >= 0.35)
            elif name != "billdrop submit":
                goals.add("billdrop against curl --parallel", "2.5 ×", f"{ratios:.2f} ×", ratios >= 2.5)
    table("Throughput without a limit, durable ledger (the time of `billdrop validate` taken off)",
          ["client", "requests", "spread", "billdrop is … times as fast", "processor time a request"], rows)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--turns", type=int, default=3)
    parser.add_argument("--only", default="requests,throughput,pacing,unknown")
    parser.add_argument("--binaries", type=Path)
    options = parser.parse_args()
    tables = {"requests": requests, "throughput": throughput, "pacing": pacing, "unknown": unknown}
    chosen = options.only.split(",")
    if not set(chosen) <= set(tables):
        parser.error(f"tables: {', '.join(tables)}")
    binaries = options.binaries or Path(".build/release")
    if not options.binaries:
        # As they are packed.
        for product in ("billdrop", "moment-sandbox"):
            command = ["swift", "build", "-c", "release", "--static-swift-stdlib", "--product", product]
            if status := subprocess.run(command, stdout=sys.stderr).returncode:
                return status
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the beginning")
    goals, started = Goals(), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            tables[name](binaries.resolve(), Path(folder), options, goals)
    table(f"What ought to be, and what was; {time.monotonic() - started:.0f} s in all",
          ["what", "goal", "figure", ""], goals.rows)
    return 1 if goals.missed else 0


if __name__ == "__main__":
    sys.exit(main())
