"""Sums that rows add to (balances, and what was paid on bills): each addition is in once, whatever was lost or landed late."""

import csv
import hashlib
import io
import json

ACCEPTED = ("created", "updated", "unchanged")
PAYMENT, CREDIT = "billdrop_payment", "billdrop_credit"


class CreditRow:
    """A row of less than zero, which goes to the balance of its customer."""

    def __init__(self, number, cells):
        self.number, self.mark = number, cells["external_reference"]
        self.key, self.amount = cells["customer.external_reference"], int(cells["amount_due"])


class CreditFile:
    """A file of credits, all of them good, under a layout that adds them to balances."""

    def __init__(self, path):
        self.path, data = path, path.read_bytes()
        self.digest = hashlib.sha256(data).hexdigest()
        self.rows = [CreditRow(number, cells)
                     for number, cells in enumerate(csv.DictReader(io.StringIO(data.decode())), 1)]


class Amounts:
    """What the rows of all files add, by sum and mark; the first row of a mark that wasn't refused says how much."""

    def __init__(self):
        self.of, self.refused, self.added = {}, {}, set()

    def add(self, key, mark, amount, outcome):
        of = self.refused if outcome == "refused" else self.of
        of.setdefault(key, {}).setdefault(mark, amount)
        if outcome in ("created", "updated"):
            self.added.add((key, mark))

    def get(self, key, mark):
        return self.of.get(key, {}).get(mark, self.refused.get(key, {}).get(mark))

    def is_done_elsewhere(self, key, mark, outcome):
        """Whether the row was told that its amount isn't in, and another one of the mark is said to have added it."""
        return outcome in ("refused", "conflict", "not_sent") and (key, mark) in self.added

    def of_refused(self, key, mark, amount):
        """What a refused row of the mark may have asked for instead of this amount."""
        return self.refused.get(key, {}).get(mark, amount)


def had_effect(entry):
    """Whether the request was carried out, or may have been: its failure was decided on after what it asked for was done."""
    return entry["decided"] in (200, 201) or entry["decided"] == 500 and entry.get("fault") == "500-stored-after"


class Sum:
    """What a sum should be by now, by the requests so far in the order of their sending.

    A request that lands late takes others back for a while; what counts is that the next one knows better.
    """

    def __init__(self):
        self.base, self.carried = 0, {}

    @property
    def total(self):
        return self.base + sum(self.carried.values())

    def others(self, total):
        """Somebody else sets it, or a row that sets the whole."""
        self.base = total - sum(self.carried.values())

    def ours(self, mark, amount, is_done):
        """An addition; what it must set the sum to."""
        wanted = self.total + (0 if mark in self.carried else amount)
        if is_done:
            self.carried.setdefault(mark, amount)
        return wanted


def check_credits(files, reports, world, findings):
    """Judges files of credits by what their customers were asked to have, and have."""
    amounts, sums = Amounts(), {}
    for file in files:
        lines = reports[file.digest].rows if file.digest in reports else []
        for row, line in zip(file.rows, lines):
            amounts.add(row.key, row.mark, row.amount, line["outcome"])
    ours = {entry["number"] for entry in world.ours}
    for entry in world.log:
        key, body = _customer(entry)
        if key is None or "balance" not in body or not (had_effect(entry) or entry["number"] in ours):
            continue
        one = sums.setdefault(key, Sum())
        mark = body.get("metadata", {}).get(CREDIT)
        amount = amounts.get(key, mark)
        if entry["number"] not in ours or amount is None:
            if had_effect(entry):
                one.others(body["balance"])
            continue
        if entry["method"] == "POST" and not had_effect(entry):
            continue
        wanted = one.ours(mark, amount, had_effect(entry))
        if not had_effect(entry) and body["balance"] != wanted:
            wanted += amounts.of_refused(key, mark, amount) - amount
        if body["balance"] != wanted:
            findings.add("sum", f"request {entry['number']}: {key}: {mark} sets {body['balance']}, not {wanted}")
    has = {customer["external_reference"]: customer.get("balance", 0) for customer in world.customers.values()}
    for key, one in sums.items():
        if has.get(key, 0) != one.total:
            findings.add("sum", f"{key}: its balance is {has.get(key)}, and the rows say {one.total}")
    for file in files:
        report = reports.get(file.digest)
        if report is None:
            findings.add("report", f"{file.path.name}: no report, or several")
            continue
        for row, line in zip(file.rows, report.rows):
            _line(file, row, line, row.mark in sums.get(row.key, Sum()).carried, amounts, findings)


def _line(file, row, line, is_in, amounts, findings):
    where = f"{file.path.name}: record {row.number} ({row.mark})"
    is_other = amounts.get(row.key, row.mark) != row.amount
    if line["outcome"] in ACCEPTED and (not is_in or is_other):
        findings.add("outcome", f"{where}: said to be {line['outcome']}, and its amount is not in the balance")
    if amounts.is_done_elsewhere(row.key, row.mark, line["outcome"]):
        return
    if line["outcome"] not in ACCEPTED and is_in and not is_other:
        findings.add("outcome", f"{where}: {line['outcome']}, and its amount is in the balance")


def _customer(entry):
    """The customer that a request writes, and what; the world has read the bodies of ours."""
    below = "/billing/customers"
    body = entry.get("json")
    if body is None and entry["method"] in ("POST", "PATCH") and entry["path"].startswith(below):
        body = json.loads(entry.get("body") or "{}")
    if not isinstance(body, dict):
        return None, {}
    if entry["method"] == "PATCH" and entry["path"].startswith(below + "/"):
        return entry["path"].rpartition("/")[2], body
    if entry["method"] == "POST" and entry["path"] == below:
        return body.get("external_reference"), body
    return None, {}
