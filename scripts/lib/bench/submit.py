"""usage: scripts/bench submit [--seconds S] [--rows N] [--only NAME,…] [--binaries DIR]

Runs `billdrop submit` against moment-sandbox on this machine and prints, as tables:

  pacing      --rate 50, 500 and 5,000 against a sandbox of the same limit, at latencies of 5 and 200 ms: the share of
              the rate that was used between the first and the last request, by the sandbox's log, and how many were 429
  unknown     a limit of 300/s that billdrop isn't told: the share used from 20 s on, and the share that was throttled
  requests    requests per created bill on an all-new file, three bills an account, in order and shuffled
  throughput  without a limit, durable ledger, against moment-sandbox --echo: beside wrk with bodies of its own and
              curl --parallel; processor time per request of billdrop and of wrk

  --seconds S     how long each pacing lasts (10; 60 for a figure to quote)
  --rows N        rows of the throughput file (60000)
  --only NAME,…   only these tables
  --binaries DIR  where billdrop and moment-sandbox are (.build/release, which is built where it is missing)

wrk and curl are left out where they are not installed. Everything is written below TMPDIR and removed.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
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


def pacing(binaries, folder, options):
    def measure(rate, latency):
        file = bills(folder / "pace.csv", int(rate * options.seconds))
        with Sandbox(binaries, folder, "--rate", str(rate), "--latency", str(latency)) as sandbox:
            submit(binaries, folder, file, sandbox, "--rate", str(rate))
            posts = sandbox.posts()
        used = (len(posts) - 1) / (posts[-1][0] - posts[0][0]) / rate
        return f"{rate:,}/s", f"{latency} ms", f"{100 * used:.2f} %", sum(status == 429 for _, status in posts)

    table(f"Pacing, {options.seconds:g} s each, stated rate = the API's limit", ["rate", "latency", "used", "429"],
          (measure(rate, latency) for rate in (50, 500, 5000) for latency in (5, 200)))


def unknown(binaries, folder, options):
    limit, seconds = 300, max(45, options.seconds)

    def measure(latency, reading):
        file = bills(folder / "unknown.csv", int(limit * (seconds - 6)))
        with Sandbox(binaries, folder, "--rate", str(limit), "--latency", str(latency),
                     "--reading", f"rate-headers={reading}") as sandbox:
            submit(binaries, folder, file, sandbox)
            posts = sandbox.posts()
        beginning, end = posts[0][0] + 20, posts[-1][0]
        late = [status for moment, status in posts if beginning <= moment <= end and status < 400]
        throttled = sum(status == 429 for _, status in posts)
        return (f"{latency} ms", reading, f"{100 * len(late) / (end - beginning) / limit:.2f} %",
                f"{100 * throttled / len(posts):.3f} %", throttled)

    table(f"Unknown limit of {limit}/s", ["latency", "headers", "used from 20 s on", "throttled", "429"],
          (measure(latency, reading)
           for latency, reading in ((5, "none"), (200, "none"), (5, "retry-after"), (5, "ratelimit"))))


def requests(binaries, folder, _):
    def measure(name, seed):
        count = 3000
        file = bills(folder / "requests.csv", count, each=3, seed=seed)
        with Sandbox(binaries, folder) as sandbox:
            summary = json.loads(submit(binaries, folder, file, sandbox, "--rate", "100000")[3])
            posts = len(sandbox.posts())
        created = summary["outcomes"]["created"]
        return name, created, posts, f"{posts / created:.3f}"

    table("Requests per created bill, an all-new file", ["order of rows", "created", "requests", "per bill"],
          (measure(name, seed) for name, seed in (("as made", None), ("shuffled", 1))))


def throughput(binaries, folder, options):
    file = bills(folder / "throughput.csv", options.rows)
    rates, rows = {}, []
    with Sandbox(binaries, folder, "--echo") as sandbox:
        if shutil.which("wrk"):
            _, spent, _, text = timed(["wrk", "-t1", "-c64", "-d5s", "-s", "scripts/lib/bench/post.lua", sandbox.url])
            line = next(line for line in text.splitlines() if "requests in" in line)
            count = int(line.split()[0])
            rates["wrk"] = (float(next(l for l in text.splitlines() if "Requests/sec" in l).split()[1]), spent / count)
        if shutil.which("curl"):
            count = 4000
            config = folder / "curl.conf"
            config.write_text("\nnext\n".join(
                f'url = "{sandbox.url}/billing/bills"\nheader = "Authorization: Bearer {KEY}"\n'
                f'header = "Content-Type: application/json"\nheader = "Idempotency-Key: c-{n}"\noutput = "/dev/null"\n'
                f'data = "{{\\"external_reference\\":\\"K{n}\\",\\"currency\\":\\"ZAR\\",\\"amount_due\\":{1000 + n},'
                f'\\"customer\\":{{\\"external_reference\\":\\"C{n}\\"}}}}"' for n in range(count)))
            seconds, spent, _, _ = timed(["curl", "--silent", "--parallel", "--parallel-max", "64", "-K", config])
            rates["curl --parallel"] = (count / seconds, spent / count)
        seconds, spent, _, _ = submit(
            binaries, folder, file, sandbox, "--rate", "1000000", "--in-flight", "64")
        checked, check_spent, _, _ = timed([binaries / "billdrop", "validate", file])
    ours = options.rows / (seconds - checked)
    for name, (rate, cost) in rates.items():
        rows.append((name, f"{rate:,.0f}/s", f"{ours / rate:.2f}", f"{cost * 1e6:.0f} µs"))
    rows.append(("billdrop submit", f"{ours:,.0f}/s", "1", f"{(spent - check_spent) / options.rows * 1e6:.0f} µs"))
    table("Throughput without a limit, durable ledger (the time of `billdrop validate` taken off)",
          ["client", "requests", "billdrop is … times as fast", "processor time a request"], rows)


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--rows", type=int, default=60_000)
    parser.add_argument("--only", default="pacing,unknown,requests,throughput")
    parser.add_argument("--binaries", type=Path)
    options = parser.parse_args()
    tables = {"pacing": pacing, "unknown": unknown, "requests": requests, "throughput": throughput}
    chosen = options.only.split(",")
    if not set(chosen) <= set(tables):
        parser.error(f"tables: {', '.join(tables)}")
    binaries = options.binaries or Path(".build/release")
    if not options.binaries:
        built = subprocess.run(["swift", "build", "-c", "release"], stdout=sys.stderr)
        if built.returncode:
            return built.returncode
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f} at the beginning")
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            tables[name](binaries.resolve(), Path(folder), options)
    return 0


if __name__ == "__main__":
    sys.exit(main())
