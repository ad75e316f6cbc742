"""One run of the crash matrix: a file, a world with faults, kills, resumes, an audit."""

import csv
import shutil
import signal
import time
from random import Random

from . import generator
from .audit import audit
from .changefile import ChangeFile
from .ledgers import FileLedger, ServerLedger
from .process import Sandbox, Submit
from .rules import BillFile
from .world import World

READINGS = {
    "nested": ["conflict", "adopt", "update", "422"], "reused-key": ["409", "422", "ignore"],
    "stored-429": ["no", "yes"], "stored-401": ["no", "yes"], "string-refs": ["no", "yes"],
    "detail": ["exact", "vague"], "rate-headers": ["none", "retry-after", "retry-after-date", "ratelimit", "x-ratelimit", "all"],
    "payment-rules": ["yes", "no"],
}
FAULTS = ["drop-before", "drop-after", "drop-unstored", "500-after", "500-stored", "500-stored-after", "503", "429",
          "409", "422", "402", "redirect", "half", "half-customer", "half-unstored", "half-customer-unstored", "half-drop",
          "half-customer-drop", "garbage", "cut", "other-body", "long-id", "party-id", "late", "late-held",
          "stall", "slow-headers", "slow-body"]
# Points of a debug build at which it can be told to die: those of every turn, and those that are passed once a file.
TURN_POINTS = ["committing", "committed", "handed"]
FILE_POINTS = ["claimed", "checked", "sent", "reporting", "listed", "written", "reported"]
ENDS = {0, 1}  # complete; complete with rejects
MOST_RESUMES = 4


class CrashRun:
    """What one seed makes; `run` returns what is wrong, as lines."""

    def __init__(self, seed, folder, binaries, schemas, at_server=False):
        self.seed, self.folder, self.binaries, self.schemas = seed, folder, binaries, schemas
        self.at_server, self.odd_ends = at_server, []
        self.random = Random(seed)
        self.counts = {"kills": 0, "kills with rows in doubt": 0, "requests": 0, "replays": 0, "rows": 0}
        self._draw()

    def _draw(self):
        random = self.random
        share = random.choice([0, 0.15, 0.5, 0.5, 1])
        self.faults = ",".join(f"{name}={random.choice([0.003, 0.01, 0.03]):g}" for name in FAULTS
                               if random.random() < share)
        readings = {name: random.choice(values) for name, values in READINGS.items()}
        self.reading = ",".join(f"{name}={value}" for name, value in readings.items())
        # An API that took a nested account as it is, under whatever customer, would not say so in its answer, and
        # nobody could tell; so accounts stand under other customers only where a nested one that exists is refused.
        self.refuses_nested = readings["nested"] in ("conflict", "422")
        self.town = generator.Town(random, random.randint(1, 12), random.randint(1, 20))
        # 0.2 s and more: a request that outlives its process lands when the next one is under way.
        self.latency = random.choice([0, 0, 3, 20, 100, 250])
        limit = ["--rate", str(random.choice([100, 400]))] if random.random() < 0.2 else []
        # A slow answer may come before billdrop gives the request up, or long after.
        self.stall = random.choice([200, 900, 3000])
        self.sandbox_arguments = ["--latency", str(self.latency), "--stall", str(self.stall), "--reading",
                                  self.reading, *limit, "--seed", str(self.seed)]
        self.is_secure = random.random() < 0.15
        if self.is_secure:
            self.sandbox_arguments.append("--tls")
        self.keeps_first = random.random() < 0.3
        self.options = ["--rate", str(random.choice([100, 400, 2000])), "--burst", str(random.choice([1, 5, 50])),
                        "--in-flight", str(random.choice([1, 4, 16, 64]))]
        self.options += ["--duplicates", "first"] if self.keeps_first else []
        parties = random.choice([[], [], ["--parties", "new"], ["--parties", "existing"], ["--update-parties"]])
        # The reading in which a nested party that exists is refused would spend any budget of refusals.
        self.options += ["--timeout", "1"]
        self.submit_only = ["--max-refused", "1000000", *parties]

    def run(self):
        self.ledger = (ServerLedger if self.at_server else FileLedger)(self.folder)
        sandbox = Sandbox(self.binaries / "moment-sandbox", self.folder, self.sandbox_arguments)
        try:
            self._seed_parties(sandbox)
            self._write_files()
            self._seed_bills(sandbox, 0.3)
            findings = self._submit(sandbox)
            if findings:
                sandbox.keep(self.folder)
                self._keep(findings)
            return findings
        finally:
            sandbox.end()
            self.ledger.end()

    # Before

    def _seed_parties(self, sandbox):
        """Some of the parties are known to the API before, some of them otherwise than the file has it."""
        for customer in self.town.customers:
            if self.random.random() < 0.2:
                status, made = sandbox.call("POST", "/billing/customers",
                                            {"external_reference": customer["reference"], "name": "as it was"})
                if status == 201:
                    self.town.ids.append(("customer", made["id"]))
        for account in self.town.accounts:
            if self.random.random() < 0.2:
                is_elsewhere = self.random.random() < 0.2 and self.refuses_nested
                self._make_account(sandbox, account, is_elsewhere)

    def _make_account(self, sandbox, account, is_elsewhere):
        owner = "C-elsewhere" if is_elsewhere else account["customer"]["reference"]
        status, _ = sandbox.call("GET", f"/billing/customers/{owner}")
        customer = owner if status == 200 else {"external_reference": owner}
        status, made = sandbox.call("POST", "/billing/accounts",
                                    {"external_reference": account["reference"], "customer": customer})
        if status == 201:
            self.town.ids.append(("account", made["id"]))

    def _write_files(self):
        random, self.files = self.random, []
        count = random.choice([5, 30, 80, 150]) if self.latency < 100 else random.choice([5, 20])
        tables = [generator.rows(random, self.town, count, "B", self.refuses_nested)]
        if random.random() < 0.35:
            other = generator.rows(random, self.town, max(3, count // 2), "D", self.refuses_nested)
            other += [dict(row) for row in random.sample(tables[0], min(4, len(tables[0])))]
            if random.random() < 0.5:
                other[-1]["amount_due"] = "77"
            tables.append(other)
        for number, table in enumerate(tables):
            path = self.folder / f"bills-{number}.csv"
            path.write_bytes(generator.text(random, table))
            self.files.append(BillFile(path, self.schemas, self.keeps_first))
        self.counts["rows"] = sum(len(file.rows) for file in self.files)

    def _seed_bills(self, sandbox, probability):
        """Somebody else makes bills that the file asks for: the same, or other ones, or voids them, or pays them."""
        random = self.random
        for row in (row for file in self.files for row in file.rows if row.valid):
            if random.random() >= probability / 10:
                continue
            body = dict(row.bill)
            if row.account:
                status, account = sandbox.call("GET", f"/billing/accounts/{row.account['external_reference']}")
                if status != 200:
                    self._make_account(sandbox, {"reference": row.account["external_reference"],
                                                 "customer": {"reference": row.customer["external_reference"]}}, False)
                    status, account = sandbox.call("GET", f"/billing/accounts/{row.account['external_reference']}")
                body["account"] = account["id"]
            elif row.customer:
                status, customer = sandbox.call("GET", f"/billing/customers/{row.customer['external_reference']}")
                if status == 200:
                    body["customer"] = customer["id"]
            if random.random() < 0.4:
                body["amount_due"] = 4711
            status, _ = sandbox.call("POST", "/billing/bills", body)
            if status == 201 and random.random() < 0.2:
                sandbox.call("POST", f"/billing/bills/{row.reference}/void")
            elif status == 201 and random.random() < 0.2:
                paid = {"amount_paid": body["amount_due"], "currency": body["currency"]}
                sandbox.call("PATCH", f"/billing/bills/{row.reference}", paid)

    # The submission

    def _submit(self, sandbox):
        random = self.random
        sandbox.set_faults(self.faults)
        paths = [str(file.path) for file in self.files]
        submit = self.submitter = Submit(
            self.binaries / "billdrop", self.folder,
            [*paths, "--endpoint", sandbox.endpoint, *sandbox.trust, "--ledger", self.ledger.address, "--reports",
             self.folder / "reports", *self.options], self.submit_only)
        kills = random.choice([0, 1, 2, 4, 8])
        for _ in range(kills):
            if self._interrupt(sandbox, submit) in ENDS:
                break
        findings, code = self._settle(sandbox, submit) if kills and random.random() < 0.4 else [], None
        for attempt in range(MOST_RESUMES):
            if attempt == MOST_RESUMES - 2:
                sandbox.set_faults("")
            code = submit.run(freezes=self._freezes() if attempt == 0 else ())
            if code in ENDS:
                break
        findings += self.odd_ends
        findings += [] if code in ENDS else [f"not done after {MOST_RESUMES} resumes: it ended with {code}"]
        is_single = kills == 0 and len(submit.history) == 1
        findings += self._audit(sandbox, is_single)
        findings += self._again(sandbox, submit, code)
        if code in ENDS and not findings and random.random() < 0.4:
            findings += self._correct(sandbox)
        self._count(sandbox)
        return findings

    def _freezes(self):
        """Now and then the machine stands still for longer than billdrop waits for an answer."""
        if self.random.random() >= 0.25:
            return ()
        self.counts["frozen"] = self.random.randint(1, 3)
        return [(self.random.uniform(0.05, 0.5), self.random.uniform(0.5, 1.6)) for _ in range(self.counts["frozen"])]

    def _interrupt(self, sandbox, submit):
        """Starts and ends it; somebody else may do something meanwhile. Its exit code."""
        random = self.random
        seconds = random.choice([random.uniform(0, 0.1), random.uniform(0, 0.5), random.uniform(0, 2)])
        kind = random.random()
        if kind < 0.04:
            return submit.run(key="sk_test_wrong")
        if self.ledger.has_server and random.random() < 0.4:
            return self._crash_server(submit, seconds)
        if kind < 0.5:
            is_turn = random.random() < 0.7
            point = random.choice(TURN_POINTS if is_turn else FILE_POINTS)
            code = submit.run(point=f"{point}:{random.choice([1, 2, 3, 5, 8, 13, 30]) if is_turn else 1}")
            self.counts[f"at {point}"] = self.counts.get(f"at {point}", 0) + (code == -signal.SIGKILL)
        else:
            ending = signal.SIGKILL if kind < 0.92 else random.choice([signal.SIGTERM, signal.SIGINT])
            code = submit.run(seconds, ending)
        if code == -signal.SIGKILL:
            self.counts["kills"] += 1
            self.counts["kills with rows in doubt"] += self.ledger.unresolved() > 0
        if random.random() < 0.15:
            sandbox.set_faults("")
            self._seed_bills(sandbox, 0.2)
            sandbox.set_faults(self.faults)
        if random.random() < 0.3:
            time.sleep(random.uniform(0, 0.3))
        return code

    def _crash_server(self, submit, seconds):
        """The ledger's server dies under it: it ends resumable, unless it was through by then."""
        code = submit.run(seconds, strike=self.ledger.crash)
        self.ledger.start()
        self.counts["server kills"] = self.counts.get("server kills", 0) + (code == 75)
        self.odd_ends += [] if code in ENDS | {75} else [f"its server was killed, and it ended with {code}"]
        return code

    def _settle(self, sandbox, submit):
        """Between a kill and a resume: `settle --look`, which changes nothing, then `settle`."""
        sandbox.settle()
        posts, reports = self._posts(sandbox), self._contents()
        findings, code = [], submit.run(verb="settle", extra=["--look"])
        if self._posts(sandbox) != posts:
            findings.append(f"settle --look made {self._posts(sandbox) - posts} requests that write")
        if self._contents() != reports:
            findings.append("settle --look changed the report")
        codes = [code] + ([submit.run(verb="settle")] if self.random.random() < 0.7 else [])
        self.counts["settled"] = len(codes)
        return findings + [f"settle ended with {code}" for code in codes if code < 0 or code in (64, 70)]

    def _posts(self, sandbox):
        """Requests of any client's that were there to write something."""
        requests = sandbox.call("GET", "/sandbox/state")[1]["requests"]
        return sum(count for name, count in requests.items() if not name.startswith("get_"))

    def _audit(self, sandbox, is_single):
        sandbox.settle()
        world = World.load(sandbox.url, "billdrop")
        return list(audit(self.files, self.folder / "reports", world, self.schemas, is_single).lines())

    def _again(self, sandbox, submit, code):
        """A finished file again: nothing is sent, and the report stays as it is."""
        if code not in ENDS:
            return []
        before = sandbox.call("GET", "/sandbox/state")[1]["requests_total"]
        reports = self._contents()
        again = submit.run()
        findings = [] if again == 0 else [f"finished, and submitted again: it ended with {again}"]
        after = sandbox.call("GET", "/sandbox/state")[1]["requests_total"]
        if after != before:
            findings.append(f"finished, and submitted again: {after - before} requests were sent")
        if self._contents() != reports:
            findings.append("finished, and submitted again: the report has changed")
        return findings + self._retry(sandbox, submit)

    def _contents(self):
        """What the reports of all files hold; the page that leads to them is made anew by each run, with its time."""
        return {path: path.read_bytes() for path in sorted((self.folder / "reports").glob("*/**/*")) if path.is_file()}

    def _retry(self, sandbox, submit):
        """Refused rows once more, under new keys."""
        if self.random.random() < 0.5:
            return []
        sandbox.set_faults("")
        code = submit.run(extra=["--retry", "refused"])
        findings = [] if code in ENDS else [f"--retry refused ended with {code}"]
        return findings + [f"after --retry refused: {line}" for line in self._audit(sandbox, False)]

    # Corrections

    def _correct(self, sandbox):
        """Some of the bills are to be otherwise: each voided and raised again, once, whatever dies meanwhile."""
        path = self.folder / "corrections.csv"
        rows = self._write_corrections(path)
        sandbox.set_faults(self.faults)
        submit = self.submitter = Submit(
            self.binaries / "billdrop", self.folder,
            [path, "--endpoint", sandbox.endpoint, *sandbox.trust, "--ledger", self.ledger.address, "--reports",
             self.folder / "reports", "--layout", "correct", "--confirm-void", "--guard", "off", *self.options],
            self.submit_only)
        code = None
        for _ in range(self.random.choice([0, 1, 2, 4])):
            code = self._interrupt(sandbox, submit)
            if code in ENDS:
                break
        for attempt in range(0 if code in ENDS else MOST_RESUMES):
            if attempt == MOST_RESUMES - 2:
                sandbox.set_faults("")
            code = submit.run()
            if code in ENDS:
                break
        self.counts["corrections"] = rows
        findings = [] if code in ENDS else [f"corrections not done after {MOST_RESUMES} resumes: it ended with {code}"]
        sandbox.settle()
        file = ChangeFile(path, self.schemas, "correct", self.keeps_first)
        world = World.load(sandbox.url, "billdrop")
        return findings + list(audit([file], self.folder / "reports", world, self.schemas).lines())

    def _write_corrections(self, path):
        """Bills of the files with another amount, some with the same; how many."""
        random, chosen, owners = self.random, {}, {}
        for row in (row for file in self.files for row in file.rows if row.valid):
            # Within one file an account stands under one customer, or the second row is rejected for it.
            account = (row.account or {}).get("external_reference")
            owner = owners.get(account, row.customer)
            if random.random() < 0.3 and len(row.reference) < 245 and owner == row.customer:
                owners |= {account: row.customer} if account else {}
                body = dict(row.bill)
                body["amount_due"] += random.choice([0, 1, 1, 1]) if body["amount_due"] < 99_999_999 else -1
                chosen[row.reference] = _flat(body)
        headings = sorted({path for cells in chosen.values() for path in cells} | {
            "external_reference", "currency", "amount_due", "bill_date", "customer.external_reference"})
        with open(path, "w", newline="", encoding="utf-8") as file:
            writer = csv.DictWriter(file, headings, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(chosen.values())
        return len(chosen)

    # After

    def _count(self, sandbox):
        state = sandbox.call("GET", "/sandbox/state")[1]
        self.counts["requests"] = state["requests_total"]
        self.counts["replays"] = state["replays"]
        for name, count in state["faults"].items():
            self.counts[f"fault {name}"] = count

    def _keep(self, findings):
        lines = [f"seed {self.seed}", f"sandbox: {' '.join(self.sandbox_arguments)}", f"faults: {self.faults}",
                 f"submit: {' '.join(map(str, self.submitter.command()))}", *self.submitter.history, "", *findings]
        (self.folder / "what-happened.txt").write_text("\n".join(lines) + "\n")

    def discard(self):
        shutil.rmtree(self.folder, ignore_errors=True)


def _flat(body, before=""):
    """The members of an object by their paths."""
    cells = {}
    for name, value in body.items():
        if isinstance(value, dict):
            cells |= _flat(value, f"{before}{name}.")
        else:
            cells[before + name] = str(value)
    return cells
