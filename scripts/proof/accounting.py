"""File ⇔ report: every row on its line with its first error, every figure of summary.json, issues.csv and receipt.json
recounted. What stands in words (hints, report.html, what a receipt says of its ledger) isn't looked at."""

import hashlib
from collections import Counter

from . import csvfile
from .rules import REASONS

# Codes of rows that the API or an earlier file stands against, beside those that begin with `api.`.
THEIRS = {"balance.newer-file", "correct.voided-not-raised", "correct.void-unclear", "payment.not-noted",
          "payment.taken-back", "payment.unknown-mark", "payment.mark-missing"}
# Where the steps of how many rows ask for how much end, in minor units.
STEPS = [digit * 10 ** power for power in range(9) for digit in (1, 2, 5)][1:25]
OUTCOMES = "created unchanged updated rejected refused conflict skipped unknown not_sent".split()


def check(file, report, schemas, findings):
    """Everything about a report that can be judged without the sandbox."""
    name = file.path.name
    for missing in report.missing:
        findings.add("report", f"{name}: {missing}")
    summary = report.summary
    if not summary:
        return
    for fault in schemas.faults("summary.schema.json", summary):
        findings.add("summary", f"{name}: summary.json{fault}")
        return
    findings.expect("summary", f"{name}: command", "submit", summary["command"])
    findings.expect("summary", f"{name}: sha256", file.digest, summary["file"]["sha256"])
    findings.expect("summary", f"{name}: bytes", len(file.data), summary["file"]["bytes"])
    if file.fault:
        findings.expect("verdict", f"{name}: {file.fault}", "file_rejected", summary["verdict"])
        return
    _rows(file, report, findings)
    _records(file, report, findings)
    _money(file, report, findings)
    _amounts(file, report, findings)
    _verdict(file, report, findings)
    _issues(file, report, findings)
    _rejected(file, report, findings)
    _receipt(file, report, schemas, findings)


def _rows(file, report, findings):
    name = file.path.name
    findings.expect("rows", f"{name}: lines of rows.csv", len(file.rows), len(report.rows))
    for row, line in zip(file.rows, report.rows):
        where = f"{name}: record {row.number}"
        findings.expect("rows", f"{where}: record", str(row.number), line["record"])
        findings.expect("rows", f"{where}: line", str(row.line), line["line"])
        if row.valid:
            findings.expect("rows", f"{where}: external_reference", row.reference, line["external_reference"])
        if line["outcome"] not in OUTCOMES:
            findings.add("rows", f"{where}: no outcome: {line['outcome']!r}")
        if row.valid == (line["outcome"] == "rejected"):
            reasons = ", ".join(row.reasons) or "nothing is wrong with it"
            findings.add("validity", f"{where}: {line['outcome']}, but {reasons}")
        if (line["id"] == "") != (line["outcome"] not in ("created", "unchanged", "updated", "conflict")):
            if line["outcome"] != "conflict":
                findings.add("rows", f"{where}: {line['outcome']} with the id {line['id']!r}")


def _records(file, report, findings):
    name, summary = file.path.name, report.summary
    valid = sum(row.valid for row in file.rows)
    findings.expect("summary", f"{name}: records", {"read": len(file.rows), "valid": valid,
                    "invalid": len(file.rows) - valid}, summary["records"])
    counted = Counter(line["outcome"] for line in report.rows)
    findings.expect("summary", f"{name}: outcomes", {outcome: counted[outcome] for outcome in OUTCOMES},
                    summary["outcomes"])


def _money(file, report, findings):
    sums = {}
    for row, line in zip(file.rows, report.rows):
        if row.money:
            currency, amount = row.money
            of = sums.setdefault(currency, Counter())
            of["read"] += amount
            of[line["outcome"]] += amount
    stated = report.summary["money"]
    for currency in sums.keys() | stated.keys():
        for member in ["read"] + OUTCOMES:
            findings.expect("money", f"{file.path.name}: {member} in {currency}",
                            sums.get(currency, {}).get(member, 0), stated.get(currency, {}).get(member, 0))


def _amounts(file, report, findings):
    """How many rows ask for how much, in steps of 1, 2 and 5."""
    wanted = {}
    for row in file.rows:
        if row.money and row.money[1] > 0:
            below = next((step for step in STEPS if row.money[1] < step), None)
            wanted.setdefault(row.money[0], Counter())[below] += 1
    stated = {currency: {step.get("below"): step["rows"] for step in steps}
              for currency, steps in report.summary.get("amounts", {}).items()}
    findings.expect("amounts", f"{file.path.name}: amounts", {key: dict(steps) for key, steps in wanted.items()}, stated)


def _verdict(file, report, findings):
    counts = report.summary["outcomes"]
    if counts["unknown"] or counts["not_sent"]:
        wanted = "stopped"
    elif counts["rejected"] or counts["refused"] or counts["conflict"]:
        wanted = "complete_with_rejects"
    else:
        wanted = "complete"
    findings.expect("verdict", file.path.name, wanted, report.summary["verdict"])


def _issues(file, report, findings):
    name = file.path.name
    groups = {}
    for issue in report.issues:
        groups.setdefault((issue["code"], issue["severity"]), []).append(int(issue["record"]))
    wanted = sorted((code, severity, len(records), min(records)) for (code, severity), records in groups.items())
    stated = sorted((issue["code"], issue["severity"], issue["count"], issue["first_record"])
                    for issue in report.summary["issues"])
    findings.expect("issues", f"{name}: issues of summary.json", wanted, stated)
    lines = {str(row.number): str(row.line) for row in file.rows}
    errors, first = {}, {}
    for issue in report.issues:
        if issue["record"] in lines:
            findings.expect("issues", f"{name}: line of an issue of record {issue['record']}", lines[issue["record"]],
                            issue["line"])
        if issue["severity"] == "error":
            first.setdefault(issue["record"], (issue["code"], issue["column"], issue["message"]))
            errors.setdefault(int(issue["record"]), set()).add(issue["code"].startswith("api.") or issue["code"] in THEIRS)
    for line in report.rows:
        if line["outcome"] in ("rejected", "refused") and line["record"] in first:
            findings.expect("issues", f"{name}: what rows.csv says of record {line['record']}", first[line["record"]],
                            (line["code"], line["field"], line["message"]))
        kinds = errors.get(int(line["record"]), set())
        if (line["outcome"] == "rejected") != (False in kinds):
            findings.add("issues", f"{name}: record {line['record']} is {line['outcome']}, its errors don't fit")
        if (line["outcome"] in ("refused", "conflict", "unknown")) != (True in kinds):
            findings.add("issues", f"{name}: record {line['record']} is {line['outcome']}, its api errors don't fit")


def _rejected(file, report, findings):
    """The rows to mend are there as they came, each with its code."""
    name = file.path.name
    wanted = [(row.record.cells, line["code"]) for row, line in zip(file.rows, report.rows)
              if line["outcome"] in ("rejected", "refused")]
    if not wanted:
        findings.expect("rejected", f"{name}: rejected.csv", None, report.rejected)
        return
    try:
        heading, *records = csvfile.read(report.rejected or b"") or [None]
    except csvfile.FileFault as fault:
        findings.add("rejected", f"{name}: rejected.csv: {fault}")
        return
    headings = [name.encode() for name in file.headings if name not in REASONS] + [b"billdrop_code", b"billdrop_reason"]
    if not heading or [cell for cell in heading.cells if cell.decode() not in REASONS] + headings[-2:] != headings:
        findings.add("rejected", f"{name}: rejected.csv hasn't the headings of the file")
    found = [(record.cells[:-2], record.cells[-2].decode()) for record in records if len(record.cells) > 2]
    if found != wanted:
        findings.add("rejected", f"{name}: rejected.csv has {len(found)} rows, not the {len(wanted)} that are "
                     "rejected or refused, as they came")


def _receipt(file, report, schemas, findings):
    """The receipt, where there is one, says of the file and its rows what the rest of the report does."""
    receipt, summary, name = report.receipt, report.summary, file.path.name
    if receipt is None:
        return
    for fault in schemas.faults("receipt.schema.json", receipt):
        findings.add("receipt", f"{name}: receipt.json{fault}")
        return
    for member in ("records", "outcomes", "money"):
        findings.expect("receipt", f"{name}: {member} of the receipt", _plain(summary[member]), _plain(receipt[member]))
    for member in ("bytes", "sha256"):
        findings.expect("receipt", f"{name}: {member} of the receipt", summary["file"][member], receipt["file"][member])
    digest = hashlib.sha256()
    for text in ["billdrop rows 1"] + [line[cell] for line in report.cells for cell in
                                       ("record", "external_reference", "outcome", "code", "id")]:
        digest.update(len(text.encode()).to_bytes(8, "big") + text.encode())
    findings.expect("receipt", f"{name}: rows_sha256", digest.hexdigest(), receipt["rows_sha256"])


def _plain(figures):
    """Figures without those that are 0, which may be left out."""
    if not isinstance(figures, dict):
        return figures
    plain = {key: _plain(value) for key, value in figures.items()}
    return {key: value for key, value in plain.items() if value}
