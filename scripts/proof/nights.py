"""Nights of a drop: makes files, runs billdrop with clocks that are moved, kills it, and asks the model."""

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from pathlib import Path
from random import Random

from proof.feedmodel import Arrived, Model
from proof.sftpserver import SFTPServer

KEY = "sk_test_Nights51f0"
HEADINGS = "external_reference,currency,amount_due,bill_date,due_date,customer.external_reference,customer.name\n"
POINTS = ["taken", "claimed", "checked", "committed", "sent", "written", "reported", "settled", "answered", "moved", "archived"]
# Seconds after which a run that isn't killed is taken for one that hangs.
PATIENCE = 600
FIRST = datetime(2026, 3, 2, tzinfo=timezone.utc)


def table(rows):
    lines = [
        f"{reference},ZAR,{amount if amount is not None else 0},2026-03-01,2026-03-31,C-{reference},Payer {reference}\n"
        for reference, amount in rows
    ]
    return (HEADINGS + "".join(lines)).encode()


class Inconclusive(Exception):
    """This machine stood still for so long that nothing can be said of what billdrop did meanwhile."""


class Writer:
    """Somebody who is writing a file, and never ends while he is watched: a few bytes, or a touch, every 20 ms.

    Where `grows`, never a touch: a server's listings tell times to the minute, so that only its size shows that somebody
    is writing.
    """

    # Seconds for which a file must lie still to be whole, and after which a pause of the writer proves nothing.
    STILL, EXCUSE = 1.0, 0.9

    def __init__(self, path, data, grows=False):
        self.path, self.data, self.gap, self.is_stopped = path, data, 0.0, False
        self.piece, self.has_run_out = 1 if grows else 5, False
        path.write_bytes(data[: len(data) // 2])
        self.thread = threading.Thread(target=self.write, daemon=True)
        self.thread.start()

    def write(self):
        size, last = len(self.data) // 2, time.monotonic()
        with open(self.path, "ab", buffering=0) as file:
            while not self.is_stopped:
                # The last byte never comes while it is watched.
                written = file.write(self.data[size : min(size + self.piece, len(self.data) - 1)])
                size += written
                self.has_run_out = self.has_run_out or written == 0
                os.utime(file.fileno())
                now = time.monotonic()
                self.gap, last = max(self.gap, now - last), now
                time.sleep(0.02)

    def stop(self):
        self.is_stopped = True
        self.thread.join()
        if self.gap > self.EXCUSE:
            raise Inconclusive(f"the writer of a file was kept waiting for {self.gap:.1f} s")
        if self.has_run_out and self.piece == 1:
            raise Inconclusive("the writer of a file had nothing more to write before the run was over")


class World:
    """A sandbox, a drop, a configuration, and the clocks; where `server` is one, billdrop has the drop from there."""

    def __init__(self, folder, binaries, server=None):
        self.folder, self.binaries, self.server = folder, binaries, server
        self.drop = folder / "drop"
        (self.drop / "inbound").mkdir(parents=True)
        port = folder / "port"
        self.sandbox = subprocess.Popen(
            [binaries / "moment-sandbox", "--port", "0", "--port-file", port, "--key", KEY],
            stdout=subprocess.DEVNULL, stderr=open(folder / "sandbox.err", "w"))
        while not (port.exists() and port.read_text().strip()):
            if self.sandbox.poll() is not None:
                raise RuntimeError("moment-sandbox did not start")
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{port.read_text().strip()}"
        self.now = FIRST
        self.config = self.configure("billdrop.json", "ledger.sqlite", self.drop, Writer.STILL)

    def configure(self, name, ledger, drop, still):
        path = self.folder / name
        place = self.server.drop(drop) if self.server else {"path": str(drop)}
        path.write_text(json.dumps({
            "api": {"endpoint": self.url}, "limits": {"rate": 3000}, "ledger": ledger, "reports": "reports",
            "metrics": name + ".prom", "notify": {"on_missing": ["tee", "-a", str(self.folder / "missing.log")]},
            "feeds": {
                "daily": {
                    "drop": place, "files": "za_city_dailyfile_(?<date>\\d{4}-\\d{2}-\\d{2})(_\\w+)?\\.csv",
                    "complete": {"seconds": still}, "order": {},
                    # The model has no history: its nights are of any size.
                    "guard": "tell", "expect": {"time": "06:00", "zone": "Africa/Johannesburg"}},
                "extra": {
                    "drop": place, "files": "extra_(?<sequence>\\d+)\\.csv", "complete": {"by": "done-file"},
                    "order": {"older": "report", "repeat": "report"}, "guard": "tell"}}}))
        return path

    def move_clock(self, moment):
        self.now = moment
        body = json.dumps({"now": int(moment.timestamp() * 1000)}).encode()
        urllib.request.urlopen(urllib.request.Request(self.url + "/sandbox/clock", body, method="POST")).read()

    def start(self, *arguments, config=None, crash=None):
        offset = int(self.now.timestamp() * 1000) - int(time.time() * 1000)
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "MOMENT_API_KEY": KEY, "SWIFT_BACKTRACE": "enable=no",
            "BILLDROP_CLOCK_OFFSET": str(offset), "TMPDIR": str(self.folder)}
        if crash:
            environment["BILLDROP_CRASH_AT"] = crash
        log = open(self.folder / "billdrop.err", "a")
        return subprocess.Popen(
            [self.binaries / "billdrop", "run", "--config", config or self.config, *arguments],
            env=environment, stdout=log, stderr=log)

    def bills(self):
        text = urllib.request.urlopen(self.url + "/sandbox/bills").read().decode()
        return [json.loads(line) for line in text.splitlines()]

    def names(self, folder):
        return sorted(path.name for path in (self.drop / folder).iterdir())

    def put(self, name, data):
        (self.drop / "inbound" / name).write_bytes(data)


class Nights:
    def __init__(self, world, random):
        self.world, self.random, self.model = world, random, Model()
        self.serial = 0
        self.troubles, self.told = [], Counter()
        self.later = []  # (night, Arrived)
        self.past = []  # files that were made
        self.sequence = 0

    def rows(self, bad=0.0, least=1):
        rows = []
        for _ in range(self.random.randint(least, 25)):
            self.serial += 1
            amount = None if self.random.random() < bad else self.random.randint(100, 90_000)
            rows.append((f"B-{self.serial}", amount))
        return rows

    def daily(self, day, rows, suffix="", **more):
        name = f"za_city_dailyfile_{day}{suffix}.csv"
        return Arrived(name, "daily", day, table(rows), rows, **more)

    def arrive(self, file, done=False):
        self.world.put(file.name, file.data)
        if done:
            self.world.put(file.name + ".done", b"")
        self.model.arrive(file)

    # What happens of a night.

    def evening(self, night):
        day = (FIRST + timedelta(days=night)).date().isoformat()
        for due, file in [entry for entry in self.later if entry[0] == night]:
            self.arrive(file)
            self.told["late"] += 1
        self.later = [entry for entry in self.later if entry[0] != night]
        kind = self.random.choices(
            ["plain", "late", "missing", "bad", "half", "garbage", "reordered"], [8, 2, 2, 3, 2, 1, 1])[0]
        self.told[kind] += 1
        # What is written while it is watched must last as long as a run.
        least = 25 if kind == "half" and self.world.server else 1
        file = self.daily(day, self.rows(bad=0.3 if kind == "bad" else 0, least=least))
        if kind in ("plain", "bad"):
            self.arrive(file)
        elif kind == "late":
            self.later.append((night + self.random.randint(1, 2), file))
        elif kind == "half":
            return file
        elif kind == "garbage":
            self.arrive(Arrived(file.name, "daily", day, bytes(self.random.randrange(256) for _ in range(3000)), [], garbage=True))
        elif kind == "reordered":
            second = self.daily(day, self.rows(), suffix="_b")
            # The name orders two files of a day: the second is a repeat, and is held.
            self.arrive(second)
            self.arrive(file)
        if kind in ("plain", "bad"):
            self.past.append(file)
        if self.past and self.random.random() < 0.25:
            old = self.random.choice(self.past)
            copy = self.daily(old.key, old.rows, suffix=f"_copy{night}")
            if copy.data in self.model.done:
                self.arrive(copy)
                self.told["duplicate"] += 1
        if self.past and self.random.random() < 0.25:
            self.mend(night)
        if self.random.random() < 0.5:
            self.sequence += self.random.randint(1, 2)
            name = f"extra_{self.sequence:04}.csv"
            rows = self.rows()
            self.arrive(Arrived(name, "extra", f"{self.sequence:04}", table(rows), rows), done=True)
        return None

    def mend(self, night):
        """The bad rows of a file that was sent come back, mended."""
        old = next((file for file in self.past if any(amount is None for _, amount in file.rows)), None)
        if old is None or old.data not in self.model.done:
            return
        rows = [(reference, self.random.randint(100, 9000)) for reference, amount in old.rows if amount is None]
        old.rows = [(reference, amount or 1) for reference, amount in old.rows]
        name = old.name.replace(".csv", ".mended.csv")
        self.arrive(Arrived(name, "daily", old.key, table(rows), rows, mended=True))
        self.told["mended"] += 1

    def run(self, moment, what, half=None, approved=None):
        world = self.world
        world.move_clock(moment)
        writer = Writer(world.drop / "inbound" / half.name, half.data, grows=bool(world.server)) if half else None
        arguments = ["--approve", sha256(approved).hexdigest()[:12]] if approved else []
        killed = self.random.random() < 0.35
        if killed:
            crash = f"{self.random.choice(POINTS)}:{self.random.randint(1, 2)}" if self.random.random() < 0.6 else None
            program = world.start(*arguments, crash=crash)
            try:
                program.wait(self.random.random() * 1.5 if crash is None else 30)
            except subprocess.TimeoutExpired:
                program.send_signal(signal.SIGKILL)
                program.wait()
            self.told["killed"] += program.returncode == -9
        code = world.start(*arguments).wait(PATIENCE)
        day = moment.date().isoformat()
        # Due at 04:00 UTC; on the first night the feed has been watched since 02:00, so that no earlier day is expected.
        due = day if moment.hour >= 4 else (moment - timedelta(days=1)).date().isoformat()
        if due < FIRST.date().isoformat():
            due = None
        self.compare(code, self.model.run(approved, due), what, killed)
        if writer:
            writer.stop()
            world.put(half.name, half.data)
            self.model.arrive(half)
            code = world.start(*arguments).wait(PATIENCE)
            self.compare(code, self.model.run(approved, due), what + ", once more", False)

    def compare(self, code, expected, what, killed):
        """What a run that was killed before had done is not in the next one's exit code."""
        if not killed and code != expected:
            self.troubles.append(f"{what}: exit {code}, the model says {expected}")
        if code not in (0, 1, 3, 4, 65):
            self.troubles.append(f"{what}: exit {code}")

    def live(self, nights):
        for night in range(nights):
            start = FIRST + timedelta(days=night)
            half = self.evening(night)
            self.run(start + timedelta(hours=2), f"night {night}, 02:00", half=half)
            held = [file for file in self.model.inbound]
            approved = self.random.choice(held).data if held and self.random.random() < 0.7 else None
            self.run(start + timedelta(hours=7), f"night {night}, 07:00", approved=approved)
        self.judge()

    # What came of it.

    def judge(self):
        world, model = self.world, self.model
        bills = world.bills()
        found = Counter(bill["external_reference"] for bill in bills)
        for reference, count in found.items():
            if count > 1:
                self.troubles.append(f"bill {reference} is there {count} times")
        amounts = {bill["external_reference"]: bill["amount_due"] for bill in bills}
        for reference in sorted(set(amounts) | set(model.bills)):
            if amounts.get(reference) != model.bills.get(reference):
                self.troubles.append(
                    f"bill {reference}: the sandbox has {amounts.get(reference)}, the model {model.bills.get(reference)}")
        inbound = sorted(file.name for file in model.inbound)
        if world.names("inbound") != inbound:
            self.troubles.append(f"inbound holds {world.names('inbound')}, the model {inbound}")
        for place in ("archive", "rejected"):
            expected = sum(1 for _, where in model.ends if where == place)
            held = [name for name in world.names(place) if not name.endswith(".done")]
            if len(held) != expected:
                self.troubles.append(f"{place} holds {len(held)} files, the model {expected}: {held}")
        for path in (world.drop / "processing").rglob("*"):
            if path.is_file() and path.name != ".ledger":
                self.troubles.append(f"left in processing: {path.name}")
        for folder in (world.drop / "reports").iterdir():
            if not (folder / "summary.json").exists():
                self.troubles.append(f"a delivered report without its summary: {folder.name}")


def two_at_once(world, random, troubles):
    """Two runs, each with a ledger of its own, start on one drop at the same moment, and are killed and started again."""
    drop = world.folder / "shared"
    (drop / "inbound").mkdir(parents=True)
    expected = {}
    for number in range(12):
        rows = [(f"S-{number}-{row}", 100 + row) for row in range(10)]
        expected.update(rows)
        (drop / "inbound" / f"za_city_dailyfile_2026-01-{number + 1:02}.csv").write_bytes(table(rows))
    configs = [world.configure(f"{name}.json", f"{name}.sqlite", drop, 0.2) for name in ("one", "two")]
    for _ in range(6):
        programs = [world.start(config=config) for config in configs]
        for program in programs:
            try:
                program.wait(random.random() * 1.2)
            except subprocess.TimeoutExpired:
                program.send_signal(signal.SIGKILL)
        for program in programs:
            program.wait()
    for config in configs * 2:
        world.start(config=config).wait(PATIENCE)
    found = Counter(bill["external_reference"] for bill in world.bills() if bill["external_reference"].startswith("S-"))
    left = [path.name for path in (drop / "processing").rglob("*.csv")] + [path.name for path in (drop / "inbound").iterdir()]
    for reference in sorted(set(expected) ^ set(found)):
        troubles.append(f"two at once: {reference} is {'there' if reference in found else 'not there'}; left over: {left}")
    if len(list((drop / "archive").iterdir())) + len(left) != 12:
        troubles.append(f"two at once: {len(list((drop / 'archive').iterdir()))} archived, left {left}")


def live(nights, seed, binaries, keep, sftp=False):
    """The nights of a seed; once more where the machine stood still meanwhile, three times at most."""
    for _ in range(3):
        try:
            return live_once(nights, seed, binaries, keep, sftp)
        except Inconclusive as reason:
            print(f"nights: nothing is proved, {reason}")
    return 1


def live_once(nights, seed, binaries, keep, sftp):
    folder = Path(tempfile.mkdtemp(prefix="billdrop-nights-"))
    random = Random(seed)
    print(f"nights: seed {seed}, {nights} nights" + (", over SFTP" if sftp else ""))
    server = SFTPServer(folder / "ssh") if sftp else None
    world = World(folder, binaries, server)
    try:
        story = Nights(world, random)
        story.live(nights)
        bills = len(world.bills())
        two_at_once(world, random, story.troubles)
    except Inconclusive:
        shutil.rmtree(folder)
        raise
    finally:
        world.sandbox.terminate()
        world.sandbox.wait()
        if server:
            server.end()
    print(f"nights: {bills} bills, {len(story.model.ends)} files; " + ", ".join(f"{name} {count}" for name, count in sorted(story.told.items())))
    for trouble in story.troubles:
        print(f"nights: {trouble}")
    if story.troubles:
        kept = keep / f"billdrop-nights-{seed}"
        shutil.rmtree(kept, ignore_errors=True)
        shutil.move(folder, kept)
        print(f"nights: kept {kept}")
        return 1
    shutil.rmtree(folder)
    print("nights: as the model says")
    return 0
