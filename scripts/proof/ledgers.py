"""Where a run's ledger is: in a file beside the rest, or at a PostgreSQL server of its own."""

import glob
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .process import unresolved


class FileLedger:
    """A ledger in a file."""

    has_server = False

    def __init__(self, folder):
        self.address = folder / "ledger.sqlite"

    def unresolved(self):
        """How many rows it holds whose fate is not known."""
        return unresolved(self.address)

    def end(self):
        """There is nothing to end."""


class ServerLedger:
    """A ledger at a server that is started for it, under a user of its own where root runs this."""

    has_server = True

    def __init__(self, folder):
        self.folder = folder / "postgres"
        self.folder.mkdir()
        self.programs = Path(sorted(glob.glob("/usr/lib/postgresql/*/bin"), key=lambda path: int(path.split("/")[4]))[-1])
        self.user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"] if os.getuid() == 0 else []
        if self.user:
            shutil.chown(self.folder, "postgres", "postgres")
            # mkdtemp's folders are their owner's alone; what lies in the server's own is its own all the same.
            folder.chmod(0o711)
        self._do("initdb", "-D", self.folder / "data", "-U", "billdrop", "--auth=trust", "--encoding=UTF8", "--locale=C",
                 "--no-sync", user=self.user)
        self.process = None
        self.start()
        self._ask("CREATE SCHEMA billing")
        self.address = f"postgresql://billdrop@/postgres?host={self.folder}&options=-csearch_path%3Dbilling"

    def start(self):
        """Starts it, the first time or again."""
        with open(self.folder.parent / "postgres.log", "ab") as log:
            self.process = subprocess.Popen(
                [*self.user, self.programs / "postgres", "-D", self.folder / "data", "-k", self.folder, "-c",
                 "listen_addresses="], stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/")
        deadline = time.monotonic() + 60
        while subprocess.run([self.programs / "pg_isready", "-q", "-h", self.folder], check=False).returncode:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError("the PostgreSQL server did not start: see postgres.log")
            time.sleep(0.03)

    def crash(self):
        """Kills it and all its sessions."""
        task = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        sessions = [int(word) for word in task.read_text().split()]
        for pid in [self.process.pid, *sessions]:
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        self.process.wait()
        while any(Path(f"/proc/{pid}/exe").exists() for pid in sessions):
            time.sleep(0.005)

    def unresolved(self):
        """How many rows it holds whose fate is not known."""
        if self._ask("SELECT to_regclass('billing.file_row') IS NULL") == "t":
            return 0
        return int(self._ask("SELECT count(*) FROM billing.file_row WHERE state IN (0, 1)"))

    def end(self):
        """Ends it for good; its data stay for who looks for a fault."""
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait()

    def _ask(self, sql):
        return self._do("psql", "-h", self.folder, "-U", "billdrop", "-d", "postgres", "-qAtX", "-c", sql).strip()

    def _do(self, program, *arguments, user=()):
        done = subprocess.run([*user, self.programs / program, *arguments], check=False, capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, cwd="/")
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stderr}")
        return done.stdout
