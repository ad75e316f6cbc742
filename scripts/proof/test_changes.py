"""Plants lies into honest files of payments, voids and corrections, one at a time; each must be caught."""

import json
import tempfile
import unittest
from pathlib import Path

from . import changes
from .changefile import ChangeFile
from .findings import Findings
from .schema import Schemas
from .world import World

SCHEMAS = Schemas(Path(__file__).resolve().parent.parent.parent / "schemas")
FILES = {
    "payment-added": "external_reference,currency,payment_amount,payment_reference\nB-1,ZAR,10,P-1\nB-1,ZAR,20,P-2\n",
    "void": "external_reference\nB-2\n",
    "correct": "external_reference,currency,amount_due,customer.external_reference\nB-3,ZAR,70,C-1\n",
}


class Report:
    def __init__(self, rows):
        self.rows = [{"outcome": outcome, "id": found} for outcome, found in rows]


class ChangesTests(unittest.TestCase):
    """Two payments on one bill, the second lost and repeated; a void; a correction."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.files = []
        for operation, text in FILES.items():
            path = Path(folder.name) / f"{operation}.csv"
            path.write_text(text)
            self.files.append(ChangeFile(path, SCHEMAS, operation))
        self.bills = [self.bill(1, "B-1", amount_paid=30), self.bill(2, "B-2", status="voided"),
                      self.bill(3, "B-3", status="voided"), self.bill(4, "B-3-R1", amount_due=70)]
        self.log = []
        self.pay("P-1", 10)
        self.pay("P-2", 30, answered=0, fault="drop-after")
        self.pay("P-2", 30)
        self.entry("POST", "B-2/void")
        self.entry("POST", "B-3/void")
        self.log.append({"number": 6, "method": "POST", "client": "billdrop/1", "decided": 201, "answered": 201,
                         "path": "/billing/bills", "made_bill": "bill_4", "body": "{}"})
        self.reports = [Report([("updated", "bill_1"), ("updated", "bill_1")]), Report([("updated", "bill_2")]),
                        Report([("updated", "bill_4")])]

    @staticmethod
    def bill(number, reference, **more):
        return {"id": f"bill_{number}", "external_reference": reference, "currency": "ZAR", "amount_due": 100,
                "amount_paid": 0, "status": "unpaid"} | more

    def entry(self, method, path, **more):
        self.log.append({"number": len(self.log) + 1, "method": method, "client": "billdrop/1", "decided": 200,
                         "answered": 200, "path": f"/billing/bills/{path}"} | more)

    def pay(self, mark, total, **more):
        body = {"currency": "ZAR", "amount_paid": total, "metadata": {"billdrop_payment": mark}}
        self.entry("PATCH", "B-1", body=json.dumps(body), **more)

    def found(self):
        findings = Findings()
        world = World({"money": {}}, [], [], self.bills, self.log, "billdrop")
        changes.check(self.files, dict(zip([file.digest for file in self.files], self.reports)), world, findings)
        return {check for check, _ in findings}

    def test_honest_files_are_found_honest(self):
        self.assertEqual([row.reasons for file in self.files for row in file.rows], [[], [], [], []])
        self.assertEqual(self.found(), set())

    def test_a_payment_that_is_in_twice_is_caught(self):
        self.pay("P-2", 50)
        self.bills[0]["amount_paid"] = 50
        self.assertEqual(self.found(), {"paid"})

    def test_another_sum_is_caught(self):
        self.bills[0]["amount_paid"] = 31
        self.assertEqual(self.found(), {"paid"})

    def test_a_payment_that_was_not_sent_is_caught(self):
        del self.log[1:3]
        self.bills[0]["amount_paid"] = 10
        self.assertEqual(self.found(), {"always-sent"})

    def test_a_payment_said_not_to_be_sent_is_caught(self):
        self.reports[0].rows[1]["outcome"] = "not_sent"
        self.assertEqual(self.found(), {"outcome"})

    def test_a_bill_that_stands_is_caught(self):
        self.bills[1]["status"] = "unpaid"
        self.assertEqual(self.found(), {"void"})

    def test_a_void_that_nobody_sent_is_caught(self):
        del self.log[3]
        self.assertEqual(self.found(), {"outcome"})

    def test_a_void_whose_failure_was_decided_on_afterwards_was_ours(self):
        self.log[3] |= {"decided": 500, "answered": 500, "fault": "500-stored-after"}
        self.log[4] |= {"decided": 500, "answered": 500, "fault": "500-stored-after"}
        self.assertEqual(self.found(), set())
        self.log[4]["fault"] = "500-stored"
        self.assertEqual(self.found(), {"outcome"})

    def test_a_void_of_another_bill_is_caught(self):
        self.entry("POST", "B-9/void")
        self.assertEqual(self.found(), {"none-other"})

    def test_two_bills_in_place_of_one_are_caught(self):
        self.bills.append(self.bill(5, "B-3-R2", amount_due=70))
        self.assertEqual(self.found(), {"correct"})

    def test_a_correction_with_another_amount_is_caught(self):
        self.bills[3]["amount_due"] = 71
        self.assertEqual(self.found(), {"differs"})

    def test_a_refused_row_whose_void_was_done_is_caught(self):
        self.reports[1].rows[0]["outcome"] = "refused"
        self.assertEqual(self.found(), {"outcome"})

    def test_a_refused_correction_whose_void_was_done_is_caught(self):
        del self.bills[3], self.log[5]
        self.reports[2].rows[0] = {"outcome": "refused", "id": "", "code": "api.refused"}
        self.assertEqual(self.found(), {"outcome"})
        self.reports[2].rows[0]["code"] = "correct.voided-not-raised"
        self.assertEqual(self.found(), set())

    def test_a_correction_said_not_to_be_raised_that_is_there_is_caught(self):
        self.reports[2].rows[0] = {"outcome": "refused", "id": "", "code": "correct.voided-not-raised"}
        self.assertEqual(self.found(), {"outcome"})

    def test_a_void_of_which_nobody_knows_whose_it_is_raises_nothing(self):
        del self.bills[3], self.log[5]
        self.log[4] |= {"answered": 0, "fault": "drop-unstored"}
        self.entry("POST", "B-3/void")
        self.reports[2].rows[0] = {"outcome": "conflict", "id": "bill_3", "code": "correct.void-unclear"}
        self.assertEqual(self.found(), set())
        self.reports[2].rows[0]["code"] = "api.conflict"
        self.assertEqual(self.found(), {"outcome"})

    def test_a_void_said_to_be_nobody_knows_whose_whose_bill_was_raised_or_stands_is_caught(self):
        self.reports[2].rows[0] = {"outcome": "conflict", "id": "bill_3", "code": "correct.void-unclear"}
        self.assertEqual(self.found(), {"outcome"})
        del self.bills[3], self.log[4:]
        self.bills[2]["status"] = "unpaid"
        self.assertEqual(self.found(), {"outcome"})

    def test_a_refused_payment_that_is_in_is_caught(self):
        self.reports[0].rows[1]["outcome"] = "refused"
        self.assertEqual(self.found(), {"outcome"})

    def test_a_bill_raised_before_the_void_is_caught(self):
        self.log[5]["number"] = 4
        self.log[4]["number"] = 6
        self.assertEqual(self.found(), {"order"})


if __name__ == "__main__":
    unittest.main()

    def test_a_payment_that_a_late_request_took_back_is_caught(self):
        self.pay("P-1", 10, fault="late", answered=0)
        self.bills[0]["amount_paid"] = 10
        self.assertEqual(self.found(), {"paid"})

    def test_a_payment_that_was_taken_back_and_put_right_is_honest(self):
        self.pay("P-1", 30, fault="late", answered=0)
        self.pay("P-2", 30)
        self.log[-2]["body"] = self.log[0]["body"]
        # The late one was sent before the second payment: the log has it at its arrival.
        late = self.log.pop(-2)
        self.log.insert(1, late)
        for number, entry in enumerate(self.log, 1):
            entry["number"] = number
        self.assertEqual(self.found(), set())

    def test_a_payment_built_on_what_was_taken_back_is_caught(self):
        self.pay("P-2", 20)
        self.bills[0]["amount_paid"] = 20
        self.assertEqual(self.found(), {"paid"})
