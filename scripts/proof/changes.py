"""Report ⇔ sandbox for files about bills that are there: payments are in once and add up, voids are done, corrections are
one void and one bill; and what a row is said to have become is what the log shows."""

import json
import re

from . import sums

ACCEPTED = ("created", "updated", "unchanged")
MARK = "billdrop_payment"
NOT_RAISED = "correct.voided-not-raised"
# Somebody has voided it, and its answer doesn't tell who: a lost request of ours may have.
UNCLEAR = "correct.void-unclear"


def check(files, reports, world, findings):
    """Judges the files in the order in which they were sent."""
    history = History(world)
    history.amounts = _amounts(files, reports)
    history.voided_by_rows = {row.reference for file in files if file.operation == "void" for row in file.rows}
    for file in files:
        lines = reports[file.digest].rows if file.digest in reports else []
        for row, line in zip(file.rows, lines):
            if not row.valid:
                continue
            where = f"{file.path.name}: record {row.number} ({row.reference})"
            if line["outcome"] in ACCEPTED and file.operation != "correct":
                bill = world.bills.get(row.reference)
                if bill is None:
                    findings.add("lost", f"{where}: said to be {line['outcome']}, and not there")
                    continue
                findings.expect("id", where, bill["id"], line["id"])
            JUDGES[file.operation](row, line, where, history, world, findings)
    _payments(files, reports, history, world, findings)
    _others(files, history, findings)


class Touched:
    """Bills that files of changes may have voided, and whether one was raised by a correction."""

    def __init__(self, files=()):
        self.voided = {row.reference for file in files if file.operation in ("void", "correct") for row in file.rows}
        self._corrected = {row.reference for file in files if file.operation == "correct" for row in file.rows}

    def is_raised(self, reference):
        """Whether it is that of a bill in another one's place."""
        before, _, number = reference.rpartition("-R")
        return number.isdigit() and before in self._corrected


def _amounts(files, reports):
    """What the payments that are added come to, by bill and reference."""
    amounts = sums.Amounts()
    for file in (file for file in files if file.operation == "payment-added"):
        lines = reports[file.digest].rows if file.digest in reports else []
        for row, line in zip(file.rows, lines):
            if row.valid:
                amounts.add(row.reference, row.bill["payment_reference"], row.bill["payment_amount"], line["outcome"])
    return amounts


class History:
    """What of ours and of others was carried out on each bill, in the order in which it came."""

    def __init__(self, world):
        self.patches, self.voids, self.voided_by_rows = {}, {}, set()
        self.amounts = sums.Amounts()
        ours = {entry["number"] for entry in world.ours}
        for entry in world.log:
            match = re.fullmatch(r"/billing/bills/([^/]+)(/void)?", entry["path"])
            if not match or entry["method"] == "GET" or entry.get("replayed") or not sums.had_effect(entry):
                continue
            is_ours = entry["number"] in ours
            entry = dict(entry, is_ours=is_ours, is_ours_for_sure=is_ours and entry["decided"] == 200)
            if "json" not in entry and entry["number"] not in ours:
                entry["json"] = json.loads(entry.get("body") or "{}")
            (self.voids if match[2] else self.patches).setdefault(match[1], []).append(entry)

    def marks(self, bill):
        return [entry["json"].get("metadata", {}).get(MARK) for entry in self.patches.get(bill, ()) if "json" in entry]


def _void(row, line, where, history, world, findings):
    is_voided = world.bills.get(row.reference, {}).get("status") == "voided"
    voids = history.voids.get(row.reference, ())
    if line["outcome"] in ACCEPTED and not is_voided:
        findings.add("void", f"{where}: said to be {line['outcome']}, and the bill stands")
    if line["outcome"] == "updated" and not any(entry["is_ours"] for entry in voids):
        findings.add("outcome", f"{where}: said to be voided by us, and no request of ours did it")
    if line["outcome"] in ("conflict", "refused", "not_sent") and any(entry["is_ours_for_sure"] for entry in voids):
        findings.add("outcome", f"{where}: {line['outcome']}, and a request of ours voided it")


def _payment(row, line, where, history, world, findings):
    """A total: what was set last by a row of ours is judged with the whole history."""
    if line["outcome"] in ("conflict", "refused", "not_sent"):
        for entry in history.patches.get(row.reference, ()):
            if entry["is_ours_for_sure"] and entry["json"].get("amount_paid") == row.bill["amount_paid"]:
                findings.add("outcome", f"{where}: {line['outcome']}, and request {entry['number']} set it")


def _added(row, line, where, history, world, findings):
    mark = row.bill["payment_reference"]
    is_in = mark in history.marks(row.reference)
    if line["outcome"] in ("updated", "unchanged") and not is_in:
        findings.add("always-sent", f"{where}: said to be added, and no request carried it")
    first = history.amounts.get(row.reference, mark)
    if history.amounts.is_done_elsewhere(row.reference, mark, line["outcome"]):
        return
    if line["outcome"] in ("refused", "not_sent", "conflict") and is_in and first == row.bill["payment_amount"]:
        findings.add("outcome", f"{where}: {line['outcome']}, and a request added it")
    if line["outcome"] in ACCEPTED and first != row.bill["payment_amount"]:
        findings.add("outcome", f"{where}: {line['outcome']}, and {mark} was added with another amount")


def _correct(row, line, where, history, world, findings):
    series = [(name, world.bills[name]) for name in _series(row.reference, world)]
    standing = [(name, bill) for name, bill in series if bill["status"] != "voided"]
    if line["outcome"] in ACCEPTED:
        if len(standing) != 1:
            findings.add("correct", f"{where}: {len(standing)} bills of its series stand, not one")
            return
        name, bill = standing[0]
        findings.expect("id", where, bill["id"], line["id"])
        for field in ("currency", "amount_due", "bill_date", "due_date"):
            if field in row.bill and bill.get(field) != row.bill[field]:
                findings.add("differs", f"{where}: {name} has {field} {bill.get(field)!r}")
    if line["outcome"] == "updated":
        last = standing[0][1] if standing else None
        maker = world.makers.get(last["id"]) if last else None
        before = series[[name for name, _ in series].index(standing[0][0]) - 1][0] if standing else row.reference
        voids = [entry["number"] for entry in history.voids.get(before, ()) if entry["is_ours"]]
        if not voids:
            findings.add("outcome", f"{where}: said to be corrected, and no request of ours voided {before}")
        elif maker and maker["number"] < voids[0]:
            findings.add("order", f"{where}: {standing[0][0]} was raised before {before} was voided")
    if line.get("code") == UNCLEAR:
        _not_raised(where, series, standing, world, findings)
    elif line["outcome"] in ("conflict", "not_sent") and any(
            entry["is_ours_for_sure"] for name, _ in series if name not in history.voided_by_rows
            for entry in history.voids.get(name, ())):
        findings.add("outcome", f"{where}: {line['outcome']}, and a request of ours voided a bill of its series")
    if line["outcome"] == "refused":
        _refused_correction(line, where, series, standing, history, world, findings)


def _refused_correction(line, where, series, standing, history, world, findings):
    """A row of which nothing was done; or the void alone, and its code says so."""
    if line.get("code") == NOT_RAISED:
        _not_raised(where, series, standing, world, findings)
    elif any(entry["is_ours_for_sure"] for name, _ in series if name not in history.voided_by_rows
             for entry in history.voids.get(name, ())):
        findings.add("outcome", f"{where}: refused, and a request of ours voided a bill of its series")


def _not_raised(where, series, standing, world, findings):
    """A bill that is voided, and in whose place none was raised."""
    raised = [name for name, bill in standing if bill["id"] in world.made_by_us and "-R" in name]
    if raised:
        findings.add("outcome", f"{where}: said to be voided and not raised, and a request of ours raised {raised[-1]}")
    if series and all(bill["status"] != "voided" for _, bill in series):
        findings.add("outcome", f"{where}: said to be voided, and no bill of its series is")


def _series(reference, world):
    """The bill and its corrections, in their order, as far as they are there without a gap."""
    names, number = [reference] if reference in world.bills else [], 1
    while f"{reference}-R{number}" in world.bills:
        names.append(f"{reference}-R{number}")
        number += 1
    return names


JUDGES = {"void": _void, "payment": _payment, "payment-added": _added, "correct": _correct}


def _payments(files, reports, history, world, findings):
    """Every PATCH of ours says what was paid before it and what its row adds; each payment is in once, whatever landed
    late; and that is what the bill has in the end."""
    amounts = history.amounts
    for reference, entries in history.patches.items():
        paid = sums.Sum()
        for entry in entries:
            body = entry.get("json", {})
            if "amount_paid" not in body:
                continue
            mark = body.get("metadata", {}).get(MARK)
            amount = amounts.get(reference, mark) if entry["is_ours"] else None
            if amount is None:
                paid.others(body["amount_paid"])
                continue
            wanted = paid.ours(mark, amount, True)
            if body["amount_paid"] != wanted:
                findings.add("paid", f"request {entry['number']}: {reference}: {mark} sets {body['amount_paid']}, "
                             f"not {wanted}")
            if "currency" not in body:
                findings.add("contract", f"request {entry['number']}: a payment without its currency")
        bill = world.bills.get(reference)
        if bill is not None and bill.get("amount_paid", 0) != paid.total:
            findings.add("paid", f"{reference}: {bill.get('amount_paid')} is paid, and the rows say {paid.total}")


def _others(files, history, findings):
    """No bill was changed by us that no row names."""
    named = {row.reference for file in files for row in file.rows if row.valid}
    series = re.compile(r"(.*)-R[0-9]+\Z")
    for reference, entries in [*history.patches.items(), *history.voids.items()]:
        match = series.match(reference)
        if reference in named or (match and match[1] in named):
            continue
        if any(entry["is_ours"] for entry in entries):
            findings.add("none-other", f"no valid row is about {reference}, changed by us")
