"""Runs the two programs: a sandbox to talk to, and billdrop submit to be killed."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

KEY = "sk_test_sandbox"


class Sandbox:
    """A moment-sandbox of one's own."""

    def __init__(self, binary, folder, arguments):
        self.folder, port, plain, authority = folder, folder / "port", folder / "plain-port", folder / "ca.pem"
        self.process = subprocess.Popen(
            [binary, "--port", "0", "--port-file", port, "--plain-port-file", plain, "--ca-file", authority,
             "--log-bodies", *arguments], stdout=subprocess.DEVNULL, stderr=open(folder / "sandbox.err", "wb"))
        is_secure = "--tls" in arguments
        self.url = f"http://127.0.0.1:{self._port(plain)}"  # to look on
        # Where billdrop goes, and what it is to trust there.
        self.endpoint = f"{'https://localhost' if is_secure else 'http://127.0.0.1'}:{self._port(port)}"
        self.trust = ["--ca-file", authority] if is_secure else []
        self._keys = 0

    def _port(self, file):
        deadline = time.monotonic() + 30
        while not file.exists():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the sandbox did not start: {(self.folder / 'sandbox.err').read_text()}")
            time.sleep(0.01)
        return int(file.read_text())

    def settle(self):
        """Waits until everything that is under way has landed."""
        deadline = time.monotonic() + 60
        while self.call("GET", "/sandbox/state")[1]["under_way"]:
            if time.monotonic() > deadline:
                raise RuntimeError("requests are under way for a minute")
            time.sleep(0.05)

    def call(self, method, path, body=None):
        """A request of another client's; (status, body)."""
        data = None if body is None else json.dumps(body).encode()
        while True:
            request = urllib.request.Request(self.url + path, data, self._headers(method, path), method=method)
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:
                    return answer.status, json.loads(answer.read())
            except urllib.error.HTTPError as refusal:
                if refusal.code != 429:
                    return refusal.code, None
                time.sleep(0.05)

    def _headers(self, method, path):
        """Each try has a key of its own: a 429 may be kept under the old one."""
        headers = {"Authorization": f"Bearer {KEY}", "User-Agent": "seeder"}
        if method == "POST" and path.startswith("/billing/"):
            self._keys += 1
            headers["Idempotency-Key"] = f"seed-{self._keys}"
        return headers

    def set_faults(self, faults):
        status, _ = self.call("POST", "/sandbox/faults", {"faults": faults})
        if status != 200:
            raise RuntimeError(f"the sandbox took no faults {faults!r}: {status}")

    def keep(self, folder):
        """Writes what it holds into a folder, for diagnosis."""
        for name in ("state", "customers", "accounts", "bills", "log"):
            with urllib.request.urlopen(f"{self.url}/sandbox/{name}", timeout=60) as answer:
                (folder / f"sandbox-{name}.jsonl").write_bytes(answer.read())

    def end(self):
        self.process.terminate()
        self.process.wait()


class Submit:
    """billdrop submit, started again and again with the same arguments, and billdrop settle beside it."""

    def __init__(self, binary, folder, arguments, submit_only=()):
        self.binary, self.folder, self.arguments, self.submit_only = binary, folder, arguments, submit_only
        self.history = []
        self.ahead = 0  # milliseconds by which the clock of a debug build is ahead of the machine's

    def command(self, verb="submit", extra=()):
        return [self.binary, verb, *self.arguments, *(self.submit_only if verb == "submit" else ()), *extra]

    def run(self, seconds=None, ending=signal.SIGKILL, key=KEY, extra=(), point=None, verb="submit",
            freezes=(), strike=None):
        """One process; sent a signal after so many seconds, or told to die at a point of a debug build.

        `strike`: what is done after so many seconds, instead of a signal.

        `freezes`: it is stopped after the first of each pair of seconds, for the second, as on a machine that sleeps.

        Its exit code, negative where a signal ended it.
        """
        environment = dict(os.environ, MOMENT_API_KEY=key, **({"BILLDROP_CRASH_AT": point} if point else {}),
                           **({"BILLDROP_CLOCK_OFFSET": str(self.ahead)} if self.ahead else {}))
        with open(self.folder / "billdrop.log", "ab") as log:
            process = subprocess.Popen(self.command(verb, extra), stdout=log, stderr=log, env=environment)
            for running, frozen in freezes:
                self._freeze(process, running, frozen)
            try:
                code = process.wait(timeout=120 if seconds is None else seconds)
            except subprocess.TimeoutExpired:
                if strike:
                    code = self._struck(process, strike)
                else:
                    process.send_signal(signal.SIGABRT if seconds is None else ending)
                    code = process.wait()
            else:
                if strike:
                    strike()
        point = point or (f"frozen {freezes}" if freezes else None)
        until = point or ("its end" if seconds is None
                          else f"{seconds:.3f} s, then {'its server was killed' if strike else ending.name}")
        self.history.append(f"{' '.join([verb, *extra])} until {until}: {code}")
        return code

    @staticmethod
    def _struck(process, strike):
        strike()
        try:
            return process.wait(timeout=120)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()

    @staticmethod
    def _freeze(process, running, frozen):
        time.sleep(running)
        if process.poll() is None:
            process.send_signal(signal.SIGSTOP)
            time.sleep(frozen)
            process.send_signal(signal.SIGCONT)


def unresolved(ledger):
    """How many rows the ledger holds whose fate is not known; looked up in a copy, for a look is a change too."""
    with tempfile.TemporaryDirectory() as folder:
        for suffix in ("", "-wal"):
            if Path(f"{ledger}{suffix}").exists():
                shutil.copy(f"{ledger}{suffix}", f"{folder}/copy{suffix}")
        try:
            with sqlite3.connect(f"{folder}/copy") as copy:
                return copy.execute("SELECT count(*) FROM file_row WHERE state IN (0, 1)").fetchone()[0]
        except sqlite3.Error:
            return 0
