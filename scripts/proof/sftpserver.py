"""An OpenSSH server of its own on a free port of this machine, with keys made for it; its user is who runs it."""

import getpass
import os
import signal
import socket
import subprocess
import time
from pathlib import Path


class SFTPServer:
    def __init__(self, folder):
        folder.mkdir()
        self.folder = folder
        for name in ("host", "user"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / name], check=True)
        (folder / "authorized").write_text((folder / "user.pub").read_text())
        if os.getuid() == 0:
            os.makedirs("/run/sshd", exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        (folder / "known").write_text(f"[127.0.0.1]:{self.port} " + (folder / "host.pub").read_text())
        (folder / "config").write_text(
            f"Port {self.port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
            "PidFile none\nStrictModes no\nUsePAM no\nMaxStartups 100\nSubsystem sftp internal-sftp\n")
        self.process = subprocess.Popen(
            ["/usr/sbin/sshd", "-D", "-f", folder / "config", "-E", folder / "log"], start_new_session=True)
        while not self.listens():
            if self.process.poll() is not None:
                raise RuntimeError("sshd did not start: " + (folder / "log").read_text())
            time.sleep(0.02)

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def drop(self, path):
        """What a configuration says of a folder of this machine on the server."""
        return {
            "url": f"sftp://{getpass.getuser()}@127.0.0.1:{self.port}{path}",
            "key_file": str(self.folder / "user"), "known_hosts": str(self.folder / "known")}

    def drop_connections(self):
        """Ends all its connections, in the middle of whatever they do; how many there were."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        for child in children:
            try:
                os.kill(int(child), signal.SIGKILL)
            except ProcessLookupError:
                pass
        return len(children)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()
