"""Plants lies into an honest file of credits, one at a time; each must be caught."""

import json
import tempfile
import unittest
from pathlib import Path

from . import sums
from .findings import Findings
from .world import World


class Report:
    def __init__(self, outcomes):
        self.rows = [{"outcome": outcome} for outcome in outcomes]


class SumsTests(unittest.TestCase):
    """Two credits of a customer who is there with 500, the second lost and repeated; one of a customer who is made."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "credits.csv"
        path.write_text("external_reference,currency,amount_due,customer.external_reference\n"
                        "R-1,ZAR,-10,C-1\nR-2,ZAR,-20,C-1\nR-3,ZAR,-5,C-2\n")
        self.file = sums.CreditFile(path)
        path = Path(folder.name) / "later.csv"
        path.write_text("external_reference,currency,amount_due,customer.external_reference\nR-2,ZAR,-20,C-1\n")
        self.later, self.later_outcome = sums.CreditFile(path), None
        self.customers = {"C-1": 470, "C-2": -5}
        self.log, self.outcomes = [], ["updated", "updated", "created"]
        self.write("C-1", 500, None, method="POST", client="seeder")
        self.write("C-1", 490, "R-1")
        self.write("C-1", 470, "R-2", fault="late", answered=0)
        self.write("C-1", 470, "R-2")
        self.write("C-2", -5, "R-3", method="POST")

    def write(self, key, balance, mark, method="PATCH", client="billdrop/1", **more):
        body = {"currency": "ZAR", "balance": balance} | ({"metadata": {"billdrop_credit": mark}} if mark else {})
        path = "/billing/customers" + (f"/{key}" if method == "PATCH" else "")
        body |= {"external_reference": key} if method == "POST" else {}
        decided = 200 if method == "PATCH" else 201
        self.log.append({"number": len(self.log) + 1, "method": method, "client": client, "decided": decided,
                         "answered": decided, "path": path, "body": json.dumps(body)} | more)

    def found(self):
        findings = Findings()
        customers = [{"id": f"bcus_{key}", "external_reference": key, "balance": balance}
                     for key, balance in self.customers.items()]
        world = World({"money": {}}, customers, [], [], self.log, "billdrop")
        files, reports = [self.file], {self.file.digest: Report(self.outcomes)}
        if self.later_outcome:
            files.append(self.later)
            reports[self.later.digest] = Report([self.later_outcome])
        sums.check_credits(files, reports, world, findings)
        return {check for check, _ in findings}

    def test_an_honest_file_is_found_honest(self):
        self.assertEqual(self.found(), set())

    def test_a_refused_row_whose_amount_is_in_is_caught(self):
        self.outcomes[1] = "refused"
        self.assertEqual(self.found(), {"outcome"})

    def test_an_addition_that_is_lost_is_caught(self):
        self.customers["C-1"] = 490
        self.assertEqual(self.found(), {"sum"})

    def test_an_addition_that_is_doubled_is_caught(self):
        self.write("C-1", 450, "R-2")
        self.customers["C-1"] = 450
        self.assertEqual(self.found(), {"sum"})

    def test_an_addition_built_on_what_was_taken_back_is_caught(self):
        del self.log[2:4]
        self.write("C-1", 480, "R-2")
        self.customers["C-1"] = 480
        self.assertEqual(self.found(), {"sum"})

    def test_an_addition_said_to_be_in_that_nobody_sent_is_caught(self):
        del self.log[4]
        del self.customers["C-2"]
        self.assertEqual(self.found(), {"outcome"})

    def test_an_addition_said_to_be_left_out_that_is_in_is_caught(self):
        self.outcomes[1] = "conflict"
        self.assertEqual(self.found(), {"outcome"})

    def test_what_a_later_file_added_may_have_been_left_out_before(self):
        self.outcomes[1], self.later_outcome = "conflict", "updated"
        self.assertEqual(self.found(), set())

    def test_an_addition_that_no_file_says_to_have_added_is_caught(self):
        self.outcomes[1], self.later_outcome = "conflict", "unchanged"
        self.assertEqual(self.found(), {"outcome"})

    def test_what_somebody_else_sets_stays(self):
        self.write("C-1", 100, None, client="seeder")
        self.customers["C-1"] = 100
        self.assertEqual(self.found(), set())
