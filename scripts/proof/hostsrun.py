"""Several processes of billdrop run over one drop, some of which die or are cut off: over one ledger at a PostgreSQL server,
or each over one of its own."""

import json
import os
import shutil
import signal
import subprocess
import threading
import time
from pathlib import Path
from random import Random

from . import generator
from .audit import audit
from .crashrun import FAULTS, READINGS
from .ledgers import ServerLedger
from .process import KEY, Sandbox
from .relay import Relay
from .rules import BillFile
from .sftpserver import SFTPServer
from .world import World

# Milliseconds for which a lease lasts here: in a debug build.
LEASE = 2500
# Ends of a pass: done, some rejected, stopped or somebody else's.
ENDS = {0, 1, 75}
PATIENCE = 240


class Host:
    """One process after the other, as a timer starts them, over its own way to the ledger; or one that watches."""

    def __init__(self, run, number):
        self.run, self.number, self.codes, self.process = run, number, [], None
        self.relay = None if run.is_apart else Relay(run.folder / f"way-{number}", run.ledger.folder)
        # Two of them are one machine.
        self.state = run.folder / f"state-{max(1, number)}"
        self.state.mkdir(exist_ok=True)
        self.config = run.configure(number, self.relay)
        self.is_down = False
        self.thread = threading.Thread(target=self._work, daemon=True)

    def _work(self):
        while not self.run.is_over.is_set():
            if self.is_down:
                time.sleep(0.05)
                continue
            environment = dict(os.environ, MOMENT_API_KEY=KEY, BILLDROP_LEASE_MS=str(LEASE), SWIFT_BACKTRACE="enable=no",
                               XDG_STATE_HOME=str(self.state), TMPDIR=str(self.state))
            with open(self.run.folder / f"billdrop-{self.number}.log", "ab") as log:
                watch = ["--watch"] if self.run.is_apart else []
                self.process = subprocess.Popen([self.run.binaries / "billdrop", "run", "--config", self.config, *watch],
                                                stdout=log, stderr=log, env=environment, cwd=self.run.folder)
                self.codes.append(self.process.wait())
            time.sleep(0.1)

    def signal(self, number):
        """Sends a signal to the process at work; whether there was one."""
        if self.process is None or self.process.poll() is not None:
            return False
        self.process.send_signal(number)
        return True


class HostsRun:
    """What one seed makes; `run` returns what is wrong, as lines."""

    def __init__(self, seed, folder, binaries, schemas, hosts, strikes=True, is_far=False, is_apart=False):
        self.seed, self.folder, self.binaries, self.schemas = seed, folder, binaries, schemas
        self.strikes, self.host_count, self.is_over = strikes, hosts, threading.Event()
        self.is_far, self.is_apart, self.ledger, self.server = is_far, is_apart, None, None
        self.random, self.counts, self.history = Random(seed), {"rows": 0, "files": 0}, []
        random = self.random
        share = random.choice([0, 0.15, 0.5])
        self.faults = ",".join(f"{name}={random.choice([0.003, 0.01, 0.03]):g}" for name in FAULTS if random.random() < share)
        readings = {name: random.choice(values) for name, values in READINGS.items()}
        self.reading = ",".join(f"{name}={value}" for name, value in readings.items())
        self.rate = random.choice([100, 200, 400])
        self.sandbox_arguments = ["--latency", str(random.choice([3, 20, 100])), "--stall", "900", "--reading", self.reading,
                                  "--seed", str(seed)]

    def run(self):
        if not self.is_apart:
            self.ledger = ServerLedger(self.folder)
        if self.is_far:
            self.server = SFTPServer(self.folder / "ssh")
        self.sandbox = Sandbox(self.binaries / "moment-sandbox", self.folder, self.sandbox_arguments)
        self.hosts = []
        try:
            self._write_files()
            self.sandbox.set_faults(self.faults)
            self.hosts = [Host(self, number) for number in range(self.host_count)]
            for host in self.hosts:
                host.thread.start()
            striker = threading.Thread(target=self._strike_all, daemon=True)
            if self.strikes:
                striker.start()
            findings = self._await_end(striker)
            self.is_over.set()
            findings += self._end_hosts()
            findings += self._audit()
            self._count()
            if findings:
                self.sandbox.keep(self.folder)
                self._keep(findings)
            return findings
        finally:
            self.is_over.set()
            for host in self.hosts:
                host.signal(signal.SIGCONT)
                host.signal(signal.SIGKILL)
                if host.relay:
                    host.relay.end()
            self.sandbox.end()
            for server in (self.ledger, self.server):
                if server:
                    server.end()

    def configure(self, number, way):
        path = self.folder / f"host-{number}.json"
        ledger = f"postgresql://billdrop@/postgres?host={way.folder}&options=-csearch_path%3Dbilling" if way else f"{number}.sqlite"
        drop = self.server.drop(self.folder / "drop") if self.server else {"path": "drop"}
        path.write_text(json.dumps({
            "api": {"endpoint": self.sandbox.endpoint, "timeout": 1},
            "limits": {"rate": self.rate, "in_flight": self.random.choice([4, 16, 32]), "max_refused": 1000000},
            "ledger": ledger, "reports": "reports", "guard": "off", "poll": 0.2,
            "feeds": {"nightly": {"drop": drop, "complete": {"seconds": 0.3}}}}))
        return path

    def _write_files(self):
        random, self.files = self.random, []
        inbound = self.folder / "drop" / "inbound"
        inbound.mkdir(parents=True)
        town = generator.Town(random, random.randint(4, 40), random.randint(5, 60))
        for number in range(random.randint(5, 10)):
            table = generator.rows(random, town, random.choice([20, 80, 200]), f"B{number}", False)
            path = self.folder / f"bills-{number}.csv"
            path.write_bytes(generator.text(random, table))
            self.files.append(BillFile(path, self.schemas, False))
            shutil.copy(path, inbound / path.name)
        self.counts["files"], self.counts["rows"] = len(self.files), sum(len(file.rows) for file in self.files)

    # What befalls the hosts

    def _strike_all(self):
        """One is killed, one stands still, one is cut off from the ledger, each for longer than a lease lasts; in any order.
        Ledgers of one's own are one's alone: there more are killed. Where the drop is far, all lose their connections."""
        strikes = [self._kill, self._freeze, self._kill] + ([self._kill] * 4 if self.is_apart else [self._cut] * 2)
        strikes += [self._lose] * 2 if self.server else []
        self.random.shuffle(strikes)
        for strike in strikes:
            if self.is_over.wait(self.random.uniform(0.2, 1.5)):
                return
            strike(self.random.choice(self.hosts))

    def _kill(self, host):
        host.is_down = True
        if host.signal(signal.SIGKILL):
            self._tell("killed", host)
        self.is_over.wait(self.random.uniform(0, 2 * LEASE / 1000))
        host.is_down = False

    def _freeze(self, host):
        if host.signal(signal.SIGSTOP):
            self._tell("stopped and woken", host)
            self.is_over.wait(self.random.uniform(1.2, 2) * LEASE / 1000)
            host.signal(signal.SIGCONT)

    def _cut(self, host):
        self._tell("cut off", host)
        host.relay.cut()
        self.is_over.wait(self.random.uniform(1.2, 2) * LEASE / 1000)
        host.relay.mend()

    def _lose(self, _):
        """Ends all connections to the server of the drop."""
        self.counts["connections ended"] = self.counts.get("connections ended", 0) + self.server.drop_connections()
        self.history.append(f"{time.monotonic() - self.started:.2f} s: all connections to the drop's server ended")

    def _tell(self, what, host):
        self.counts[what] = self.counts.get(what, 0) + 1
        self.history.append(f"{time.monotonic() - self.started:.2f} s: host {host.number} {what}")

    started = 0.0

    # The end

    def _left(self):
        drop = self.folder / "drop"
        inbound = list((drop / "inbound").iterdir())
        claimed = [path for path in (drop / "processing").glob("*/*") if not path.name.startswith(".")]
        return inbound + claimed

    def _await_end(self, striker):
        started = self.started or time.monotonic()
        self.started, calm = started, None
        while self._left() or striker.is_alive():
            time.sleep(0.1)
            if not striker.is_alive() and calm is None:
                calm = time.monotonic()
            # Whatever is left when nothing strikes any more is done in time, and faults end some time.
            if calm and time.monotonic() - calm > PATIENCE / 3:
                self.sandbox.set_faults("")
            if time.monotonic() - started > PATIENCE:
                return [f"not done after {PATIENCE} s: {sorted(path.name for path in self._left())}"]
        self.counts["seconds"] = round(time.monotonic() - started)
        return []

    def _end_hosts(self):
        findings = []
        for host in self.hosts:
            if self.is_apart:
                host.signal(signal.SIGTERM)
            host.thread.join(timeout=60)
            if host.thread.is_alive():
                findings.append(f"host {host.number} doesn't end")
            # A drop whose connections end as soon as they are made can't be used for a pass.
            ends = ENDS | {69} if self.server else ENDS
            odd = [code for code in host.codes if code not in ends and code != -signal.SIGKILL]
            findings += [f"a pass of host {host.number} ended with {code}" for code in odd]
            self.counts["passes"] = self.counts.get("passes", 0) + len(host.codes)
        return findings

    def _audit(self):
        self.sandbox.settle()
        world = World.load(self.sandbox.url, "billdrop")
        self._measure(world)
        findings = list(audit(self.files, self.folder / "reports", world, self.schemas).lines())
        archived = sorted(path.name for path in (self.folder / "drop" / "archive").iterdir())
        names = sorted(file.path.name for file in self.files)
        if archived != names:
            findings.append(f"archived: {archived}, and came: {names}")
        return findings

    def _measure(self, world):
        """How near to the limit all came together."""
        moments = sorted(entry["arrived_at_ms"] for entry in world.ours)
        most, start = 0, 0
        for index, moment in enumerate(moments):
            while moments[start] + 1000 <= moment:
                start += 1
            most = max(most, index - start + 1)
        self.counts["most in a second, % of the rate"] = round(100 * most / self.rate)

    def _count(self):
        state = self.sandbox.call("GET", "/sandbox/state")[1]
        self.counts["requests"], self.counts["replays"] = state["requests_total"], state["replays"]
        text = "".join(path.read_text(errors="replace") for path in self.folder.glob("billdrop-*.log"))
        self.counts["taken over"] = text.count("has taken over")
        self.counts["left to another"] = text.count("left to billdrop")

    def _keep(self, findings):
        lines = [f"seed {self.seed}", f"sandbox: {' '.join(self.sandbox_arguments)}", f"faults: {self.faults}",
                 f"rate: {self.rate}", *self.history, *[f"host {host.number}: {host.codes}" for host in self.hosts], "",
                 *findings]
        (self.folder / "what-happened.txt").write_text("\n".join(lines) + "\n")

    def discard(self):
        shutil.rmtree(self.folder, ignore_errors=True)
