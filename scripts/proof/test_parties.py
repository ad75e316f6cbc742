"""Plants lies into an honest night of balances, one at a time; each must be caught by the check that is there for it."""

import json
import tempfile
import unittest
from pathlib import Path

from . import parties
from .findings import Findings
from .partyfile import PartyFile
from .schema import Schemas
from .world import World

SCHEMAS = Schemas(Path(__file__).resolve().parent.parent.parent / "schemas")
ROWS = """customer.external_reference,customer.currency,customer.balance
C-1,ZAR,100
C-2,ZAR,-50
"""


class Report:
    def __init__(self, outcomes):
        self.rows = [{"outcome": outcome, "id": f"bcus_{number}"} for number, outcome in enumerate(outcomes, 1)]
        self.summary = {"money": {"ZAR": {"read": 50, "updated": 50}}}


class PartiesTests(unittest.TestCase):
    """Two customers, changed by one PATCH each; the second's was lost first, repeated, and read at the end."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "balances.csv"
        path.write_text(ROWS)
        self.file = PartyFile(path, SCHEMAS, "customer-balance")
        self.customers = [{"id": f"bcus_{n}", "external_reference": f"C-{n}", "currency": "ZAR", "balance": balance}
                          for n, balance in ((1, 100), (2, -50))]
        self.log = []
        self.patch("C-1", 100)
        self.patch("C-2", -50, answered=0, fault="drop-after")
        self.patch("C-2", -50)
        self.entry("GET", "C-2", {})
        self.report = Report(["updated", "updated"])

    def entry(self, method, reference, more):
        self.log.append({"number": len(self.log) + 1, "method": method, "client": "billdrop/1", "decided": 200,
                         "answered": 200, "path": f"/billing/customers/{reference}", "replayed": False} | more)

    def patch(self, reference, balance, **more):
        self.entry("PATCH", reference, {"body": json.dumps({"currency": "ZAR", "balance": balance})} | more)

    def found(self):
        findings = Findings()
        world = World({"money": {}}, self.customers, [], [], self.log, "billdrop")
        parties.check([self.file], {self.file.digest: self.report}, world, findings)
        return {check for check, _ in findings}

    def test_an_honest_night_is_found_honest(self):
        self.assertEqual(self.found(), set())

    def test_a_wrong_balance_is_caught(self):
        self.customers[0]["balance"] = 101
        self.assertEqual(self.found(), {"balance", "money"})

    def test_a_lost_customer_is_caught(self):
        del self.customers[0]
        self.assertIn("lost", self.found())

    def test_a_balance_that_was_not_sent_is_caught(self):
        del self.log[0]
        self.assertEqual(self.found(), {"always-sent"})

    def test_another_value_is_caught(self):
        self.patch("C-1", 7)
        self.assertIn("sent", self.found())

    def test_a_lost_change_that_is_not_read_again_is_caught(self):
        del self.log[3]
        self.assertEqual(self.found(), {"not-read-again"})

    def test_a_change_while_another_is_unknown_is_caught(self):
        lost = self.log.pop(1)
        self.log.insert(0, lost)
        self.log.insert(1, dict(lost, body=json.dumps({"currency": "ZAR", "balance": 9})))
        self.assertIn("overtaken", self.found())

    def test_a_customer_that_no_row_names_is_caught(self):
        self.patch("C-9", 1)
        self.assertIn("none-other", self.found())

    def test_a_customer_made_behind_a_refused_row_is_caught(self):
        body = json.dumps({"external_reference": "C-1", "currency": "ZAR", "balance": 100})
        self.log[0] |= {"method": "POST", "path": "/billing/customers", "decided": 201, "answered": 0, "body": body,
                        "fault": "drop-unstored", "made_customer": "bcus_1"}
        self.log.append(dict(self.log[0], number=5, decided=402, answered=402))
        for name in ("fault", "made_customer"):
            self.log[-1].pop(name)
        self.report.rows[0]["outcome"] = "refused"
        self.assertIn("outcome", self.found())
        self.report.rows[0]["outcome"] = "created"
        self.assertNotIn("outcome", self.found())

    def test_a_wrong_outcome_is_caught(self):
        self.report.rows[0]["outcome"] = "created"
        self.assertEqual(self.found(), {"outcome"})

    def test_money_that_does_not_add_up_is_caught(self):
        self.report.summary["money"]["ZAR"]["updated"] = 49
        self.assertEqual(self.found(), {"money"})
