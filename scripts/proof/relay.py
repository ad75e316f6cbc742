"""A way to a PostgreSQL server that can be cut: a socket that passes on what comes, until it is told to pass on nothing."""

import selectors
import socket
import threading
from pathlib import Path

SOCKET = ".s.PGSQL.5432"


class Relay:
    """Listens in a folder of its own as a server would, and passes on to the server whose socket lies in another one."""

    def __init__(self, folder, server):
        self.folder, self.server, self.is_cut = Path(folder), Path(server), False
        self.folder.mkdir(parents=True)
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(str(self.folder / SOCKET))
        self.listener.listen(16)
        self.pairs, self.lock, self.is_over = [], threading.Lock(), False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self):
        """From here on nothing passes, in neither direction, and nobody is told."""
        self.is_cut = True

    def mend(self):
        """Ends what was cut, as a network that is back does to connections which nobody knows any more; new ones pass."""
        with self.lock:
            pairs, self.pairs = self.pairs, []
        for pair in pairs:
            for end in pair:
                self._close(end)
        self.is_cut = False

    def end(self):
        self.is_over = True
        self._close(self.listener)
        self.mend()

    @staticmethod
    def _close(end):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        end.close()

    def _accept(self):
        while not self.is_over:
            try:
                here, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._pass_on, args=(here,), daemon=True).start()

    def _pass_on(self, here):
        there = socket.socket(socket.AF_UNIX)
        try:
            there.connect(str(self.server / SOCKET))
        except OSError:
            here.close()
            return
        with self.lock:
            self.pairs.append((here, there))
        with selectors.DefaultSelector() as selector:
            try:
                selector.register(here, selectors.EVENT_READ, there)
                selector.register(there, selectors.EVENT_READ, here)
                while True:
                    for key, _ in selector.select(0.05):
                        if self.is_cut:
                            # What has come stays where it is.
                            threading.Event().wait(0.05)
                            continue
                        data = key.fileobj.recv(1 << 16)
                        if not data:
                            raise OSError("over")
                        key.data.sendall(data)
            except (OSError, ValueError):
                self._close(here)
                self._close(there)
