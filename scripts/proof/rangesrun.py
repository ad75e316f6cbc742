"""Several processes of billdrop that send one large file together, range by range, some of which die or are cut off."""

import shutil

from . import generator
from .hostsrun import HostsRun
from .rules import BillFile


class RangesRun(HostsRun):
    """What one seed makes of one file: submitted by name on all hosts, or taken out of a drop by one of them."""

    def __init__(self, seed, folder, binaries, schemas, hosts, rows):
        super().__init__(seed, folder, binaries, schemas, hosts)
        self.rows = rows
        self.is_drop = self.random.random() < 0.4
        # Ten ranges at least, and many more than hosts.
        self.limits = {"range_rows": self.random.choice([rows // 200, rows // 60, rows // 15]) or 1}
        self.rate = self.random.choice([200, 400, 800])

    def command(self, host):
        if self.is_drop:
            return super().command(host)
        return ["submit", self.files[0].path, "--config", host.config, "--feed", "nightly"]

    def is_through(self, host):
        return not self.is_drop and host.codes[-1:] in ([0], [1])

    def _write_files(self):
        random = self.random
        town = generator.Town(random, max(10, self.rows // random.choice([5, 20])), max(10, self.rows // random.choice([3, 10])))
        table = generator.rows(random, town, self.rows, "B", False)
        # One party of many rows, all over the file: whoever comes first makes it, and all wait for that.
        for row in random.sample(table, self.rows // 50):
            if row["account.external_reference"]:
                row["account.external_reference"] = row["account.customer.external_reference"] = "everybody"
                row["account.name"] = row["account.customer.name"] = ""
        path = self.folder / "bills.csv"
        path.write_bytes(generator.text(random, table))
        self.files = [BillFile(path, self.schemas, False)]
        inbound = self.folder / "drop" / "inbound"
        inbound.mkdir(parents=True)
        if self.is_drop:
            shutil.copy(path, inbound / path.name)
        self.counts["files"], self.counts["rows"] = 1, len(self.files[0].rows)

    def _left(self):
        if self.is_drop:
            return super()._left()
        return [host.config for host in self.hosts if not self.is_through(host)]

    def _archived(self):
        return super()._archived() if self.is_drop else []

    def _count(self):
        super()._count()
        text = "".join(path.read_text(errors="replace") for path in self.folder.glob("billdrop-*.log"))
        self.counts["helped"] = text.count("sends rows of it too")
