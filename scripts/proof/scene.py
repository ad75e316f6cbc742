"""A file, an honest sandbox and an honest report of it, to plant lies into."""

import copy
import csv
import hashlib
import json
from collections import Counter

from .accounting import OUTCOMES
from .audit import audit
from .report import COLUMNS
from .rules import BillFile
from .world import World

HEADINGS = ("external_reference,currency,amount_due,bill_date,due_date,account.external_reference,account.name,"
            "account.customer.external_reference,account.customer.name,metadata.period")
ROWS = [
    "B-1,ZAR,1000,2026-01-01,2026-01-31,A-1,Water,C-1,Thandi,2026-01",
    "B-2,ZAR,2000,2026-01-01,2026-01-31,A-1,Water,C-1,Thandi,2026-01",
    "B-3,USD,3000,2026-01-01,,A-2,Power,C-1,Thandi,",
    "B-4,JPY,-5,2026-01-01,2026-01-31,A-3,Gas,C-2,Sipho,2026-01",
    "B-5,ZAR,500,2026-01-01,2026-01-31,A-4,Gas,C-3,Lindiwe,2026-01",
]
INVALID, CODE = 4, "amount.range"


class Scene:
    """Everything as it should be; tests change one thing, then audit."""

    def __init__(self, folder, schemas):
        self.folder, self.schemas = folder, schemas
        self.path = folder / "bills.csv"
        self.path.write_text("\n".join([HEADINGS, *ROWS]) + "\n")
        self.file = BillFile(self.path, schemas)
        self.customers, self.accounts, self.bills, self.log = [], [], [], []
        for row in self.file.rows:
            if row.valid:
                self.post(row)
        self.rows = [self._line(row) for row in self.file.rows]
        self.issues = [[str(INVALID), "5", "amount_due", CODE, "error", "-5", "no", "At least 1."]]
        self.sums = self._sums()
        self.summary_edit = lambda summary: None
        self.receipt_edit = lambda receipt: None
        self.mend_headings = HEADINGS + ",billdrop_code,billdrop_reason"

    def post(self, row, client="billdrop/1", key=None):
        """A request that makes the row's bill, with the parties that aren't there yet nested."""
        entry = {"number": len(self.log) + 1, "arrived_at_ms": 1000 + len(self.log), "answered_at_ms": 2000,
                 "method": "POST", "path": "/billing/bills", "client": client, "decided": 201, "answered": 201,
                 "replayed": False}
        body = copy.deepcopy(row.bill)
        customer = self._party(self.customers, body["account"]["customer"], "customer", {}, entry)
        account = self._party(self.accounts, body["account"], "account", {"customer_id": customer["id"]}, entry)
        if "made_account" not in entry:
            body["account"] = account["id"]
        elif "made_customer" not in entry:
            body["account"]["customer"] = customer["id"]
        bill = {"id": f"bill_{len(self.bills)}", "external_reference": row.reference, "customer_id": customer["id"],
                "customer_external_reference": customer["external_reference"], "account_id": account["id"],
                "account_external_reference": account["external_reference"], "status": "unpaid",
                **{name: row.bill[name] for name in ("currency", "amount_due", "bill_date", "due_date", "metadata")
                   if name in row.bill}}
        self.bills.append(bill)
        entry["made_bill"] = bill["id"]
        self.set_body(entry, body)
        entry["idempotency_key"] = key or f"key-{entry['body_fnv1a']}"
        self.log.append(entry)
        return entry

    @staticmethod
    def set_body(entry, body):
        entry["body"] = json.dumps(body)
        entry["body_fnv1a"] = hashlib.sha256(entry["body"].encode()).hexdigest()[:16]

    @staticmethod
    def _party(known, described, kind, links, entry):
        for party in known:
            if party["external_reference"] == described["external_reference"]:
                return party
        attributes = {name: value for name, value in described.items() if name != "customer"}
        known.append({"id": f"b{'cus' if kind == 'customer' else 'acc'}_{len(known)}", **links, **attributes})
        entry[f"made_{kind}"] = known[-1]["id"]
        return known[-1]

    def _line(self, row):
        bill = next((bill for bill in self.bills if bill["external_reference"] == row.reference), None)
        if bill:
            return [str(row.number), str(row.line), row.reference, "created", "", "", "", bill["id"], "1"]
        return [str(row.number), str(row.line), row.reference, "rejected", CODE, "amount_due", "no", "", "0"]

    def _sums(self):
        sums = {}
        for row, line in zip(self.file.rows, self.rows):
            of = sums.setdefault(row.money[0], Counter())
            of["read"] += row.money[1]
            of[line[3]] += row.money[1]
        return sums

    def _summary(self):
        outcomes = Counter(line[3] for line in self.rows)
        valid = sum(row.valid for row in self.file.rows)
        summary = {
            "command": "submit", "verdict": "complete_with_rejects",
            "file": {"name": "bills.csv", "bytes": len(self.file.data), "sha256": self.file.digest},
            "records": {"read": len(self.file.rows), "valid": valid, "invalid": len(self.file.rows) - valid},
            "outcomes": {outcome: outcomes[outcome] for outcome in OUTCOMES}, "money": self.sums,
            "amounts": {"ZAR": [{"below": 1000, "rows": 1}, {"below": 2000, "rows": 1}, {"below": 5000, "rows": 1}],
                        "USD": [{"below": 5000, "rows": 1}]},
            "issues": [{"code": CODE, "severity": "error", "count": 1, "first_record": INVALID}],
            "requests": {"sent": len(self.log), "retried": 0, "throttled": 0, "replayed": 0},
            "started_at": "2026-01-01T00:00:00.000Z", "seconds": 1.5}
        self.summary_edit(summary)
        return summary

    def _receipt(self):
        digest, summary = hashlib.sha256(), self._summary()
        for text in ["billdrop rows 1"] + [line[cell] for line in self.rows for cell in (0, 2, 3, 4, 7)]:
            digest.update(len(text).to_bytes(8, "big") + text.encode())
        receipt = {"receipt": 1, **{name: summary[name] for name in ("file", "records", "outcomes", "money", "started_at")},
                   "environment": {"origin": "http://127.0.0.1:8080", "mode": "test", "merchant": "default"},
                   "feed": "default", "layout": {"name": "default", "sha256": "0" * 64, "duplicates": "reject"},
                   "completed_at": "2026-01-01T00:00:02.000Z", "rows_sha256": digest.hexdigest()}
        receipt = json.loads(json.dumps(receipt))
        self.receipt_edit(receipt)
        return receipt

    def _write(self):
        folder = self.folder / f"bills.csv-{self.file.digest[:12]}/submit"
        folder.mkdir(parents=True)
        (folder / "summary.json").write_text(json.dumps(self._summary()))
        for name, lines in (("rows.csv", self.rows), ("issues.csv", self.issues)):
            with open(folder / name, "w", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([COLUMNS[name], *lines])
        (folder / "receipt.json").write_text(json.dumps(self._receipt()))
        mend = [self.mend_headings, ROWS[INVALID - 1] + f",{CODE},no"]
        (folder / "rejected.csv").write_text("\n".join(mend) + "\n")

    def audit(self, single_run=True):
        """The names of the checks that found something."""
        self._write()
        return {check for check, _ in audit([self.file], self.folder, self.world(), self.schemas, single_run)}

    def world(self):
        """What the sandbox holds and was asked."""
        money = Counter()
        for bill in self.bills:
            money[bill["currency"]] += bill["amount_due"]
        state = {"money": {currency: {"amount_due": amount} for currency, amount in money.items()}}
        return World(state, self.customers, self.accounts, self.bills, self.log, "billdrop")
