"""Plants lies into an honest scene, one at a time; each must be caught by the check that is there for it."""

import copy
import json
import subprocess
import tempfile
import unittest
from pathlib import Path
from types import SimpleNamespace

from . import truth
from .audit import audit
from .changefile import ChangeFile
from .findings import Findings
from .partyfile import PartyFile
from .report import COLUMNS
from .rules import BillFile
from .scene import HEADINGS, Scene
from .schema import Schemas

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMAS = Schemas(ROOT / "schemas")
OUTCOME, ID = 3, 7


class AuditTests(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.scene = Scene(Path(self.folder.name), SCHEMAS)

    def catches(self, *checks, single_run=True):
        found = self.scene.audit(single_run)
        for check in checks:
            self.assertIn(check, found)

    def say(self, record, outcome):
        """Lets the report say another outcome of a row, its sums with it."""
        line, row = self.scene.rows[record - 1], self.scene.file.rows[record - 1]
        currency, amount = row.money
        self.scene.sums[currency][line[OUTCOME]] -= amount
        self.scene.sums[currency][outcome] += amount
        line[OUTCOME] = outcome

    def test_an_honest_scene_is_found_honest(self):
        self.assertEqual(self.scene.audit(), set())

    # The six of the rules.

    def test_a_lost_bill_is_caught(self):
        self.scene.bills.pop()
        self.catches("lost")

    def test_a_doubled_bill_is_caught(self):
        self.scene.bills.append(dict(self.scene.bills[0], id="bill_again"))
        self.scene.log.append(dict(self.scene.log[0], number=9, made_bill="bill_again"))
        self.catches("doubled")

    def test_a_doubled_bill_under_another_reference_is_caught(self):
        again = self.scene.post(self.scene.file.rows[0])
        self.scene.bills[-1]["external_reference"] = "B-1-again"
        self.scene.set_body(again, dict(json.loads(again["body"]), external_reference="B-1-again"))
        self.catches("none-other")

    def test_a_wrong_cent_is_caught(self):
        self.scene.bills[1]["amount_due"] += 1
        self.catches("cent", "money")

    def test_a_wrong_outcome_is_caught(self):
        self.say(1, "unchanged")
        self.catches("outcome")

    def test_two_bodies_under_a_key_are_caught(self):
        first, second = self.scene.log[:2]
        second["idempotency_key"] = first["idempotency_key"]
        self.catches("two-bodies")

    def test_a_missing_row_is_caught(self):
        del self.scene.rows[2]
        self.catches("rows")

    # And more of their kind.

    def test_a_bill_of_another_client_is_not_ours_to_have_created(self):
        self.scene.log[0]["client"] = "curl"
        self.catches("outcome")

    def test_a_row_against_a_bill_that_nothing_tells_whose_it_is_is_a_conflict(self):
        self.scene.log[0]["fault"] = "drop-unstored"
        self.say(1, "unchanged")
        self.assertEqual(self.second_file("B-1,ZAR,77", "conflict"), set())
        self.say(1, "refused")
        self.assertIn("outcome", self.second_file("B-1,ZAR,77", "conflict"))

    def second_file(self, beginning, outcome):
        """What is found where a second file has one row about a bill of the first, with this outcome."""
        path = Path(self.folder.name) / "second.csv"
        path.write_text(f"{HEADINGS}\n{beginning},2026-01-01,2026-01-31,A-1,Water,C-1,Thandi,2026-01\n")
        second, findings = BillFile(path, SCHEMAS), Findings()
        of_first = [dict(zip(COLUMNS["rows.csv"], line)) for line in self.scene.rows]
        of_second = [{"outcome": outcome, "id": self.scene.bills[0]["id"], "code": "", "field": ""}]
        reports = {file.digest: SimpleNamespace(rows=rows, summary={})
                   for file, rows in ((self.scene.file, of_first), (second, of_second))}
        truth.check([self.scene.file, second], reports, self.scene.world(), findings, False)
        return {check for check, words in findings if "(B-1)" in words}

    def test_a_bill_that_nobody_asked_for_is_caught(self):
        self.scene.log[0].pop("made_bill")
        self.catches("none-other")

    def test_a_bill_made_behind_a_rejected_row_is_caught(self):
        row = copy.deepcopy(self.scene.file.rows[3])
        row.bill["amount_due"] = 1
        self.scene.post(row)
        self.catches("none-other")

    def test_a_bill_made_behind_an_unknown_row_is_caught(self):
        self.say(2, "unknown")
        self.scene.rows[1][ID] = ""
        self.catches("outcome")

    def refuse_what_was_made(self):
        """The last row's request was lost and its key forgotten, and the same request refused when it came again."""
        made = self.scene.log[-1]
        made.update(fault="drop-unstored", answered=0)
        again = dict(made, number=9, decided=422, answered=422)
        for name in [name for name in again if name.startswith("made_") or name == "fault"]:
            again.pop(name)
        self.scene.log.append(again)

    def test_a_bill_made_behind_a_refused_row_is_caught(self):
        self.refuse_what_was_made()
        self.say(5, "refused")
        self.scene.rows[4][ID] = ""
        self.catches("outcome", single_run=False)

    def test_a_bill_that_was_found_behind_a_refusal_is_honest(self):
        self.refuse_what_was_made()
        self.assertEqual(self.scene.audit(False), set())

    def test_a_refusal_that_never_came_is_caught(self):
        self.scene.bills.pop()
        self.scene.log[-1].pop("made_bill")
        self.say(5, "refused")
        self.scene.rows[4][ID] = ""
        self.catches("outcome")

    def test_a_conflict_with_nothing_is_caught(self):
        self.scene.bills.pop()
        self.scene.log[-1].pop("made_bill")
        self.say(5, "conflict")
        self.scene.rows[4][ID] = ""
        self.catches("outcome")

    def test_another_date_is_caught(self):
        self.scene.bills[0]["due_date"] = "2026-02-01"
        self.catches("differs")

    def test_another_account_is_caught(self):
        self.scene.bills[0]["account_external_reference"] = "A-2"
        self.catches("differs")

    def test_metadata_that_went_missing_are_caught(self):
        del self.scene.bills[0]["metadata"]
        self.catches("differs")

    def test_a_party_that_is_not_as_the_file_says_is_caught(self):
        self.scene.customers[0]["name"] = "Sipho"
        self.catches("party")

    def test_a_wrong_id_is_caught(self):
        self.scene.rows[0][ID], self.scene.rows[1][ID] = self.scene.rows[1][ID], self.scene.rows[0][ID]
        self.catches("id")

    def test_a_wrong_line_is_caught(self):
        self.scene.rows[4][1] = "7"
        self.catches("rows")

    def test_a_new_key_for_a_bill_that_is_there_is_caught(self):
        again = copy.deepcopy(self.scene.log[0])
        again.update(number=9, decided=409, answered=409, idempotency_key="other")
        for made in ("made_bill", "made_account", "made_customer"):
            again.pop(made)
        self.scene.log.append(again)
        self.catches("second-key")

    def test_a_key_that_is_sent_after_a_day_is_caught(self):
        again = dict(self.scene.log[3], number=9, replayed=True, arrived_at_ms=24 * 3600 * 1000 + 5000)
        again.pop("made_bill")
        self.scene.log.append(again)
        self.catches("stale-key")

    def test_a_key_that_the_contract_does_not_allow_is_caught(self):
        self.scene.log[0]["idempotency_key"] = "B_1"
        self.catches("contract")

    def test_a_body_that_breaks_the_schema_is_caught(self):
        body = json.loads(self.scene.log[3]["body"])
        self.scene.set_body(self.scene.log[3], dict(body, amount_due="500"))
        self.catches("contract", "sent")

    def test_a_path_that_the_contract_does_not_have_is_caught(self):
        self.scene.log[0]["path"] = "/billing/invoices"
        self.catches("contract")

    def test_money_that_does_not_add_up_is_caught(self):
        self.scene.sums["ZAR"]["created"] += 1
        self.catches("money")

    def test_a_wrong_count_of_outcomes_is_caught(self):
        self.scene.summary_edit = lambda summary: summary["outcomes"].update(created=5)
        self.catches("summary")

    def test_a_wrong_count_of_findings_is_caught(self):
        self.scene.summary_edit = lambda summary: summary["issues"][0].update(count=2)
        self.catches("issues")

    def test_a_receipt_of_other_rows_or_figures_is_caught(self):
        self.scene.receipt_edit = lambda receipt: receipt.update(rows_sha256="1" * 64)
        self.catches("receipt")

    def test_a_receipt_of_another_sum_is_caught(self):
        self.scene.receipt_edit = lambda receipt: receipt["money"]["ZAR"].update(created=1)
        self.catches("receipt")

    def test_a_wrong_step_of_amounts_is_caught(self):
        self.scene.summary_edit = lambda summary: summary["amounts"]["ZAR"][0].update(rows=2)
        self.catches("amounts")

    def test_another_code_field_or_message_of_a_row_is_caught(self):
        for cell, lie in ((4, "amount.format"), (5, "currency"), (6, "yes")):
            with self.subTest(cell=cell), tempfile.TemporaryDirectory() as folder:
                scene = Scene(Path(folder), SCHEMAS)
                scene.rows[3][cell] = lie
                self.assertIn("issues", scene.audit())

    def test_a_wrong_line_or_column_of_an_issue_is_caught(self):
        for cell, lie in ((1, "6"), (2, "currency")):
            with self.subTest(cell=cell), tempfile.TemporaryDirectory() as folder:
                scene = Scene(Path(folder), SCHEMAS)
                scene.issues[0][cell] = lie
                self.assertIn("issues", scene.audit())

    def test_another_heading_of_the_rows_to_mend_is_caught(self):
        self.scene.mend_headings = self.scene.mend_headings.replace("due_date", "bill_date", 1)
        self.catches("rejected")

    def test_a_lost_bill_is_caught_beside_a_file_of_changes(self):
        path = Path(self.folder.name) / "void.csv"
        path.write_text("external_reference\nB-1\n")
        self.scene._write()
        self.scene.bills.pop()
        files = [self.scene.file, ChangeFile(path, SCHEMAS, "void")]
        findings = audit(files, self.scene.folder, self.scene.world(), SCHEMAS)
        self.assertIn("lost", {check for check, _ in findings})

    def test_a_verdict_that_says_too_much_is_caught(self):
        self.scene.summary_edit = lambda summary: summary.update(verdict="complete")
        self.catches("verdict")

    def test_a_wrong_count_of_requests_is_caught_in_a_single_run(self):
        self.scene.summary_edit = lambda summary: summary["requests"].update(sent=5)
        self.catches("requests")

    def throttle_first(self, earlier, connection=None):
        """The first row's request was answered 429 once, so many milliseconds before; the report knows nothing of it."""
        first = self.scene.log[0]
        before = dict(first, number=0, connection=connection, decided=429, answered=429, arrived_at_ms=first["arrived_at_ms"] - earlier)
        for name in [name for name in before if name.startswith("made_")]:
            before.pop(name)
        self.scene.log.insert(0, before)
        self.scene.rows[0][-1] = "2"

    def test_a_429_that_is_not_counted_is_caught(self):
        self.throttle_first(earlier=500)
        self.catches("requests")

    def test_a_429_that_the_client_may_have_given_up_on_need_not_be_counted(self):
        self.throttle_first(earlier=1000)
        self.assertEqual(self.scene.audit(), set())

    def test_a_late_429_that_the_client_has_certainly_read_is_caught(self):
        self.throttle_first(earlier=1000, connection=1)
        self.scene.log[1]["connection"] = 1
        self.catches("requests")

    def test_a_valid_row_that_is_rejected_is_caught(self):
        self.say(5, "rejected")
        self.catches("validity")


class RulesTests(unittest.TestCase):
    def test_the_rows_of_every_sample_are_judged_as_is_expected_of_it(self):
        for path in sorted((ROOT / "samples/expected").glob("*.json")):
            expected = json.loads(path.read_text())
            keeps_first = "first" in expected["arguments"]
            sample = ROOT / "samples" / expected["file"]
            if expected["arguments"][-1:] == ["mixed"]:
                continue  # Its rows are each of a file of their own operation.
            if expected["arguments"][-1:] and expected["arguments"][-1] in ChangeFile.OPERATIONS:
                file = ChangeFile(sample, SCHEMAS, expected["arguments"][-1], keeps_first)
            elif "--layout" in expected["arguments"]:
                file = PartyFile(sample, SCHEMAS, expected["arguments"][-1], keeps_first)
            else:
                file = BillFile(sample, SCHEMAS, keeps_first)
            with self.subTest(sample=path.stem):
                if expected["exit"] == 65:
                    self.assertTrue(file.fault or len(file.headings) > 100)
                    continue
                wrong = {finding["record"] for finding in expected["findings"] if finding["severity"] == "error"}
                self.assertEqual({row.number for row in file.rows if not row.valid}, wrong)
                lines = {finding["record"]: finding["line"] for finding in expected["findings"] if finding["record"]}
                self.assertEqual({number: file.rows[number - 1].line for number in lines}, lines)


class CommandTests(unittest.TestCase):
    def test_a_word_that_is_no_operation_is_usage(self):
        asked = ["FILE", "--sandbox", "http://127.0.0.1:9", "--reports", "reports", "--operation", "bills"]
        ended = subprocess.run([ROOT / "scripts/audit", *asked], capture_output=True, text=True)
        self.assertEqual(ended.returncode, 64)
        self.assertIn("invalid choice: 'bills'", ended.stderr)
        self.assertNotIn("Traceback", ended.stderr)


if __name__ == "__main__":
    unittest.main()
