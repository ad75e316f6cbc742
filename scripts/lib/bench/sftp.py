"""Measures the SFTP client beside OpenSSH's sftp, lftp and rclone (where installed), over the same server.

usage: scripts/bench sftp [--size MB] [--files N] [--names N] [--runs N] [--only CASE,…] [--delay MS] [--data DIR]
                          [--against NAME,…] [--probe FILE]

--size     megabytes of the large file (default 1000)
--files    small files of 10 KB (default 1000)
--names    names in the folder that is listed (default 10000)
--runs     runs of each contestant (default 1); the best counts
--only     of get, put, verdict, get-far, put-far, verdict-far, many-far, list (default: all)
--delay    milliseconds each way of the far cases (default 20)
--against  of sftp, lftp, rclone (default: all that are installed); sftp is needed for what is asked of billdrop
--data     where files are made (default: /dev/shm where there is one)
--probe    the program that drives the client (default: swift build -c release --product sftp-probe)

The server is an sshd of its own on a free port, with keys made for it; all contestants use one cipher and MAC, those that
libssh2 has. The far cases go through scripts/lib/bench/delay_relay.c.
"""

import argparse
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PARTS = ROOT / "scripts/lib/bench"
CIPHER, MAC = "aes128-ctr", "hmac-sha2-256"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port):
    for _ in range(500):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.01)
    sys.exit(f"nothing listens on port {port}")


class Server:
    """An sshd and a relay with delay before it, and how each contestant speaks to them."""

    def __init__(self, folder, delay):
        self.folder, self.port, self.far = folder, free_port(), free_port()
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        shutil.copy(folder / "user.pub", folder / "authorized")
        host = (folder / "host.pub").read_text()
        (folder / "known").write_text("".join(f"[127.0.0.1]:{port} {host}" for port in (self.port, self.far)))
        (folder / "config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
            f"PidFile none\nStrictModes no\nUsePAM no\nMaxStartups 100\nCiphers {CIPHER}\nMACs {MAC}\n"
            "Subsystem sftp internal-sftp\n")
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        relay = folder / "delay_relay"
        subprocess.run(["cc", "-O2", "-o", relay, PARTS / "delay_relay.c"], check=True)
        self.processes = [
            subprocess.Popen(["/usr/sbin/sshd", "-D", "-f", folder / "config", "-E", folder / "log"]),
            subprocess.Popen([relay, str(self.far), str(self.port), str(delay)]),
        ]
        wait_for(self.port)
        wait_for(self.far)
        self.user = os.environ.get("USER") or subprocess.check_output(["id", "-un"], text=True).strip()

    def stop(self):
        for process in self.processes:
            process.send_signal(signal.SIGTERM)
            process.wait()

    def ssh(self):
        return ["-i", str(self.folder / "user"), "-o", f"UserKnownHostsFile={self.folder / 'known'}", "-o", "IdentitiesOnly=yes"]

    def probe(self, program, port, *words):
        url = f"sftp://{self.user}@127.0.0.1:{port}/"
        return [program, url, self.folder / "user", self.folder / "known", "4", *words]

    def sftp(self, port, batch):
        return ["sftp", "-q", "-P", port, *self.ssh(), "-b", batch, f"{self.user}@127.0.0.1"]

    def lftp(self, port, commands):
        connect = "ssh -a -x " + " ".join(self.ssh())
        script = f"set sftp:connect-program '{connect}'; set cmd:fail-exit yes; open -u {self.user}, -p {port} sftp://127.0.0.1; {commands}"
        return ["lftp", "-c", script]

    def rclone(self, port, *words):
        options = [
            "--sftp-host", "127.0.0.1", "--sftp-port", port, "--sftp-user", self.user, "--sftp-key-file", self.folder / "user",
            "--sftp-disable-hashcheck", "--config", "/dev/null", "--retries", "1",
        ]
        return ["rclone", *words[:1], *options, *words[1:]]


class Took(float):
    """Seconds on the wall, and of processors that the program itself used: of the server's and the relay's nothing. `text`
    is what it printed."""

    def __new__(cls, wall, processors, text=""):
        took = super().__new__(cls, wall)
        took.processors, took.text = processors, text
        return took

    def inside(self):
        """The seconds that a probe says that it took from the moment when it asked for the file."""
        return Took(float(self.text.split()[0]), self.processors)


def processor_seconds():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def timed(command):
    started, used = time.monotonic(), processor_seconds()
    done = subprocess.run([str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    took = Took(time.monotonic() - started, processor_seconds() - used, done.stdout)
    if done.returncode:
        print(f"  {command[0]} failed with {done.returncode}: {done.stderr.strip()[-300:]}")
        return None
    return took


class Bench:
    def __init__(self, options, server):
        self.options, self.server, self.data = options, server, options.data
        self.size = options.size * 1_000_000
        self.results = {}

    def batch(self, text):
        path = self.data / "batch"
        path.write_text(text)
        return path

    def compare(self, title, commands, amount=None, is_right=lambda: True):
        """The best time of each contestant that is installed, in turns; ours must have done it right."""
        times = {name: [] for name, command in commands.items() if self.takes_part(name, command)}
        for _ in range(self.options.runs):
            for name in times:
                for leftover in self.data.glob("out*"):
                    shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
                (self.data / "out-many").mkdir()
                times[name].append(timed(commands[name]))
                if name == "billdrop" and times[name][-1] is not None and not is_right():
                    sys.exit(f"{title}: billdrop's file is another")
        best = {name: min(runs) for name, runs in times.items() if runs and None not in runs}
        print(f"\n{title}")
        for name, took in best.items():
            pace = f", {amount / took / 1e6:,.0f} MB/s" if amount else ""
            print(f"  {name:10} {took:8.2f} s, {took.processors:6.2f} s of processors{pace}")
        sys.stdout.flush()
        self.results[title] = best
        return best

    def takes_part(self, name, command):
        return (name == "billdrop" or name in self.options.against) and shutil.which(str(command[0]))

    def goal(self, words, ratio, holds):
        print(f"  {'met' if holds else 'NOT MET'}: {words}: {ratio:.2f}")

    def large(self):
        path = self.data / "large"
        if not path.exists() or path.stat().st_size != self.size:
            with open(path, "wb") as file:
                block = os.urandom(1 << 20)
                for start in range(0, self.size, len(block)):
                    file.write(block[: self.size - start])
        return path

    def get(self, port, words, least):
        large, out, server = self.large(), self.data / "out", self.server
        best = self.compare(f"download of {self.options.size} MB, {words}", {
            "billdrop": server.probe(self.options.probe, port, "get", large, out),
            "sftp": server.sftp(port, self.batch(f"get {large} {out}\n")),
            "lftp": server.lftp(port, f"get {large} -o {out}"),
            "rclone": server.rclone(port, "copyto", f":sftp:{large}", out),
        }, self.size, lambda: subprocess.run(["cmp", large, out]).returncode == 0)
        if "billdrop" in best and "sftp" in best:
            ratio = best["sftp"] / best["billdrop"]
            self.goal(f"at least {least} times as fast as sftp", ratio, ratio >= least)

    def put(self, port, words, least):
        large, out, server = self.large(), self.data / "out-put", self.server
        best = self.compare(f"upload of {self.options.size} MB, {words}", {
            "billdrop": server.probe(self.options.probe, port, "put", large, out),
            "sftp": server.sftp(port, self.batch(f"put {large} {out}\n")),
            "lftp": server.lftp(port, f"put {large} -o {out}"),
            "rclone": server.rclone(port, "copyto", large, f":sftp:{out}"),
        }, self.size, lambda: subprocess.run(["cmp", large, out]).returncode == 0)
        if "billdrop" in best and "sftp" in best:
            ratio = best["sftp"] / best["billdrop"]
            self.goal(f"at least {least} times as fast as sftp", ratio, ratio >= least)

    def many(self, port):
        folder, out = self.data / "many", self.data / "out-many"
        folder.mkdir(exist_ok=True)
        for number in range(self.options.files):
            (folder / f"f{number:05}.csv").write_bytes(os.urandom(10_000))
        gets = "".join(f"get {folder}/f{number:05}.csv {out}/\n" for number in range(self.options.files))
        server = self.server
        best = self.compare(f"{self.options.files} files of 10 KB, far", {
            "billdrop": server.probe(self.options.probe, port, "many", folder, out),
            "sftp": server.sftp(port, self.batch(gets)),
            "lftp": server.lftp(port, f"mirror -P 4 {folder} {out}"),
            "rclone": server.rclone(port, "copy", "--transfers", "4", f":sftp:{folder}", out),
        }, None, lambda: subprocess.run(["diff", "-rq", folder, out]).returncode == 0)
        if "billdrop" in best and "sftp" in best:
            ratio = best["billdrop"] / best["sftp"]
            self.goal("at most a quarter of sftp's time", ratio, ratio <= 0.25)

    def list(self, port, words):
        folder = self.data / "names"
        folder.mkdir(exist_ok=True)
        for number in range(self.options.names):
            (folder / f"bills_{number:06}.csv").touch()
        server = self.server
        best = self.compare(f"listing of {self.options.names} names, {words}", {
            "billdrop": server.probe(self.options.probe, port, "list", folder),
            "sftp": server.sftp(port, self.batch(f"ls -l {folder}\n")),
            "lftp": server.lftp(port, f"cls -l {folder}"),
            "rclone": server.rclone(port, "lsl", f":sftp:{folder}"),
        })
        if "billdrop" in best and "sftp" in best:
            ratio = best["billdrop"] / best["sftp"]
            self.goal("at most sftp's time", ratio, ratio <= 1)

    def verdict(self, port, words, most):
        """The bare download of a bill file, and the same with its check to the verdict, each from the moment when the file
        is asked for."""
        drop = self.data / "drop"
        (drop / "inbound").mkdir(parents=True, exist_ok=True)
        bills = self.data / "bills.csv"
        rows = self.size // 160
        if not bills.exists():
            subprocess.run(["cc", "-O2", "-o", self.data / "bills", PARTS / "bills.c"], check=True)
            with open(bills, "wb") as out:
                subprocess.run([self.data / "bills", str(rows), "1", "5", "csv"], stdout=out, stderr=subprocess.DEVNULL, check=True)
        out, server = self.data / "out", self.server
        bare, full = [], []
        for turn in range(self.options.runs):
            name = f"bills-{words}-{turn}.csv"
            os.link(bills, drop / "inbound" / name)
            staging = self.data / "out-staging"
            bare.append(timed(server.probe(self.options.probe, port, "get", bills, out)))
            full.append(timed(server.probe(self.options.probe, port, "verdict", drop, staging)))
            out.unlink(missing_ok=True)
            shutil.rmtree(staging, ignore_errors=True)
        print(f"\nfrom the first byte to the verdict, {bills.stat().st_size / 1e6:,.0f} MB, {words}")
        if None in bare or None in full:
            return
        bare, full = (min(took.inside() for took in turns) for turns in (bare, full))
        for title, took in ("download alone", bare), ("with the check", full):
            print(f"  {title} {took:8.2f} s, {took.processors:6.2f} s of processors")
        ratio = full / bare
        self.goal(f"at most {most} times the download", ratio, ratio <= most)


def build():
    options = ["-c", "release", "--product", "sftp-probe", "--static-swift-stdlib"]
    subprocess.run(["swift", "build", *options], cwd=ROOT, check=True, stdout=sys.stderr)
    shown = subprocess.run(["swift", "build", *options, "--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return Path(shown.stdout.strip()) / "sftp-probe"


def main():
    parser = argparse.ArgumentParser(usage=__doc__, add_help=False)
    parser.add_argument("--size", type=int, default=1000)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=1)
    parser.add_argument("--only", default="get,put,verdict,get-far,put-far,verdict-far,many-far,list")
    parser.add_argument("--delay", type=float, default=20)
    parser.add_argument("--against", default="sftp,lftp,rclone")
    parser.add_argument("--data", type=Path, default=Path("/dev/shm" if os.path.isdir("/dev/shm") else tempfile.gettempdir()))
    parser.add_argument("--probe", type=Path)
    parser.add_argument("-h", "--help", action="store_true")
    options = parser.parse_args()
    if options.help:
        print(__doc__.strip())
        return 0
    options.against = options.against.split(",")
    options.probe = options.probe or build()
    options.data = Path(tempfile.mkdtemp(prefix="billdrop-sftp-", dir=options.data))
    server = Server(options.data, options.delay)
    bench = Bench(options, server)
    near, far = "on loopback", f"with {2 * options.delay:.0f} ms of round trip"
    cases = {
        "get": lambda: bench.get(server.port, near, 1.0),
        "put": lambda: bench.put(server.port, near, 0.9),
        "verdict": lambda: bench.verdict(server.port, "loopback", 1.6),
        "get-far": lambda: bench.get(server.far, far, 3.0),
        "put-far": lambda: bench.put(server.far, far, 0.8),
        "verdict-far": lambda: bench.verdict(server.far, "far", 1.1),
        "many-far": lambda: bench.many(server.far),
        "list": lambda: bench.list(server.port, near),
    }
    versions = subprocess.run(["ssh", "-V"], capture_output=True, text=True).stderr.strip()
    print(f"{versions}; {CIPHER} with {MAC} for all; {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}")
    try:
        for name in options.only.split(","):
            cases[name]()
    finally:
        server.stop()
        shutil.rmtree(options.data, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
