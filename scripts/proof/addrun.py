"""One run of the crash matrix on sums that rows add to: files of payments and of credits, sent with kills while requests are
lost and land late; then the end state against the rows."""

from . import accounting, changes, sums
from .changefile import ChangeFile
from .crashrun import ENDS, CrashRun
from .findings import Findings
from .process import Submit
from .report import Report
from .world import World

# Those that a change may meet, and how often.
FAULTS = {"drop-before": [0.01, 0.05], "drop-after": [0.02, 0.08], "drop-unstored": [0.02, 0.08], "500-after": [0.02], "503": [0.03],
          "429": [0.03], "402": [0.02, 0.08], "garbage": [0.02], "cut": [0.02], "late": [0.03, 0.1, 0.2], "stall": [0.01]}
LAYOUT = '{"name": "credits", "format": "csv", "negative_bills": "balance"}'
# A run that is through in spite of its faults may need many: a row behind a lost one goes in the next.
MOST_RESUMES = 80
# For so many seconds a request may be on its way, and some more.
LANDING = 2 * 3600 + 600


class AddingRun(CrashRun):
    """What one seed makes; `run` returns what is wrong, as lines."""

    def _draw(self):
        super()._draw()
        random = self.random
        self.faults = ",".join(f"{name}={random.choice(rates):g}" for name, rates in FAULTS.items()
                               if name == "late" or random.random() < 0.5)
        self.stall = random.choice([150, 800, 2500])
        self.latency = random.choice([0, 0, 3, 20])
        self.sandbox_arguments = ["--latency", str(self.latency), "--stall", str(self.stall), "--seed", str(self.seed)]
        self.options = ["--rate", "2000", "--in-flight", str(random.choice([1, 4, 16])), "--timeout", "1"]
        self.submit_only, self.kinds, self.ahead = ["--max-refused", "1000000", "--guard", "off"], [], 0
        for name in ("ends told by verify", "rows that put right", "resumes"):
            self.counts[name] = 0

    def _seed_parties(self, sandbox):
        """Bills to pay, and of the customers some, with balances of their own."""
        for number in range(4):
            sandbox.call("POST", "/billing/bills", {
                "external_reference": f"B-{number}", "currency": "ZAR", "amount_due": 1_000_000,
                "customer": {"external_reference": f"P-{number}"}})
        for number in range(self.random.randint(0, 3)):
            sandbox.call("POST", "/billing/customers", {
                "external_reference": f"C-{number}", "currency": "ZAR", "balance": self.random.randint(-500, 500)})

    def _seed_bills(self, sandbox, probability):
        """Nobody else pays: it would be overwritten, and no rule says by whom."""

    def _write_files(self):
        """Payments and credits by turns; now and then a row of a file before comes again, some with another amount."""
        random, self.files = self.random, []
        layout = self.folder / "credits.json"
        layout.write_text(LAYOUT)
        sent = {"payment-added": [], "credit": []}
        for number in range(random.choice([2, 4, 6])):
            kind = ("payment-added", "credit")[number % 2]
            rows = [(f"{kind[0].upper()}{number}-{row}", random.randint(1, 99), random.randrange(4))
                    for row in range(random.choice([4, 12, 24]))]
            again = random.sample(sent[kind], min(3, len(sent[kind])))
            again = [(mark, amount + random.choice([0, 0, 1]), of) for mark, amount, of in again]
            sent[kind] += rows
            path = self.folder / f"{kind}-{number}.csv"
            if kind == "credit":
                lines = ["external_reference,currency,amount_due,customer.external_reference"]
                lines += [f"{mark},ZAR,-{amount},C-{of}" for mark, amount, of in rows + again]
                path.write_text("\n".join(lines) + "\n")
                self.files.append(sums.CreditFile(path))
            else:
                lines = ["external_reference,currency,payment_amount,payment_reference"]
                lines += [f"B-{of},ZAR,{amount},{mark}" for mark, amount, of in rows + again]
                path.write_text("\n".join(lines) + "\n")
                self.files.append(ChangeFile(path, self.schemas, "payment-added"))
            self.kinds.append(str(layout) if kind == "credit" else "payment-added")
        self.counts["rows"] = sum(len(file.rows) for file in self.files)

    def _submit(self, sandbox):
        findings = []
        for file, layout in zip(self.files, self.kinds):
            findings += self._send(sandbox, file, layout)
        sandbox.set_faults("")
        sandbox.settle()
        findings += self._look(sandbox)
        self._put_right(sandbox)
        sandbox.settle()
        findings += self._judge(sandbox)
        self._count(sandbox)
        return findings + self.odd_ends

    def _program(self, sandbox, file, layout):
        program = Submit(
            self.binaries / "billdrop", self.folder,
            [file.path, "--endpoint", sandbox.endpoint, "--ledger", self.ledger.address, "--reports",
             self.folder / "reports", "--layout", layout, *self.options], self.submit_only)
        program.ahead = self.ahead
        return program

    def _send(self, sandbox, file, layout):
        sandbox.set_faults(self.faults)
        submit = self.submitter = self._program(sandbox, file, layout)
        code = None
        for _ in range(self.random.choice([0, 1, 2, 4])):
            code = self._interrupt(sandbox, submit)
        for attempt in range(MOST_RESUMES):
            if code in ENDS:
                return []
            if attempt == MOST_RESUMES - 10:
                sandbox.set_faults("")
            # A row that was refused behind a request that never came has its end only when that can't come any more.
            if attempt == MOST_RESUMES // 2:
                sandbox.call("POST", "/sandbox/clock", {"advance_seconds": LANDING})
                self.ahead += LANDING * 1000
                submit.ahead = self.ahead
            code = submit.run()
            self.counts["resumes"] += 1
        return [] if code in ENDS else [f"{file.path.name} is not done after {MOST_RESUMES} resumes: {code}"]

    def _look(self, sandbox):
        """All has landed: where a sum is not what the rows say, `verify` of some file must not be green."""
        codes = [self._verify(sandbox, file, layout) for file, layout in zip(self.files, self.kinds)]
        wrong = [line for line in self._judge(sandbox) if self._is_of_end(line)]
        if wrong and all(code == 0 for code in codes):
            return [f"verify is green, and {line}" for line in wrong]
        if not wrong and any(code != 0 for code in codes):
            return [f"verify ended with {codes}, and every sum is right"]
        self.counts["ends told by verify"] += bool(wrong)
        return []

    @staticmethod
    def _is_of_end(line):
        return " is paid, and the rows say " in line or ": its balance is " in line

    def _verify(self, sandbox, file, layout):
        command = Submit(self.binaries / "billdrop", self.folder,
                         [file.path, "--endpoint", sandbox.endpoint, "--ledger", self.ledger.address, "--layout", layout])
        command.ahead = self.ahead
        return command.run(verb="verify")

    def _put_right(self, sandbox):
        """`settle` of each file looks again at the sums that its rows have added to last."""
        for file, layout in zip(self.files, self.kinds):
            self._program(sandbox, file, layout).run(verb="settle")

    def _judge(self, sandbox):
        world = World.load(sandbox.url, "billdrop")
        findings, found = Findings(), {}
        for file in self.files:
            report = Report.find(self.folder / "reports", file.digest)
            if report is not None:
                found[file.digest] = report
        lines = [line for report in found.values() for line in report.rows]
        self.counts["rows that put right"] = sum(line["code"].endswith(".taken-back") for line in lines)
        payments = [file for file in self.files if isinstance(file, ChangeFile)]
        for file in payments:
            if file.digest in found:
                accounting.check(file, found[file.digest], self.schemas, findings)
        changes.check(payments, found, world, findings)
        sums.check_credits([file for file in self.files if isinstance(file, sums.CreditFile)], found, world, findings)
        return list(findings.lines())
