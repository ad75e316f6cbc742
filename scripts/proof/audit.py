"""The audit as a whole."""

from . import accounting, changes, contract, parties, truth
from .changefile import ChangeFile
from .findings import Findings
from .partyfile import PartyFile
from .report import Report


SLOW = {"stall", "slow-headers", "slow-body", "late-held"}


def audit(files, reports, world, schemas, single_run=False):
    """What doesn't fit between files, reports and the sandbox.

    `single_run`: one uninterrupted run sent everything, so that the counts of requests must be exact.
    """
    findings, found = Findings(), {}
    for file in files:
        report = Report.find(reports, file.digest)
        if report is None:
            findings.add("report", f"{file.path.name}: no report, or several")
            continue
        found[file.digest] = report
        accounting.check(file, report, schemas, findings)
    contract.check(world, schemas, findings)
    about_parties = [file for file in files if isinstance(file, PartyFile)]
    if about_parties:
        parties.check(about_parties, found, world, findings)
        return findings
    about_bills = [file for file in files if isinstance(file, ChangeFile)]
    if about_bills:
        changes.check(about_bills, found, world, findings)
        return findings
    truth.check(files, found, world, findings, single_run)
    if single_run:
        _requests(found, world, findings)
    return findings


def _is_repeated_late(entry, last):
    """Whether its key came again a second later or more: on a busy machine a client may have given up before it heard."""
    key = entry.get("idempotency_key")
    return key is not None and last[key] - entry["arrived_at_ms"] >= 1000


def _requests(reports, world, findings):
    """The counts of requests, which only an uninterrupted run keeps exactly. A GET is none that was sent for a row."""
    # Those that left as they were decided and whole, so that the client could see what they were; it may have given
    # up waiting for the slow ones.
    left = [entry for entry in world.ours
            if entry["answered"] == entry["decided"] and entry.get("fault") not in ("cut", "500-after")]
    last = {entry.get("idempotency_key"): entry["arrived_at_ms"] for entry in world.ours}
    came = [entry for entry in left if entry.get("fault") not in SLOW and not _is_repeated_late(entry, last)]
    sent = sum(entry["method"] == "POST" for entry in world.ours)
    counted = {"sent": (sent, sent)}
    tests = {"throttled": lambda entry: entry["decided"] == 429, "replayed": lambda entry: entry["replayed"]}
    for name, is_one in tests.items():
        counted[name] = (sum(map(is_one, came)), sum(map(is_one, left)))
    stated = [report.summary["requests"] for report in reports.values() if report.summary]
    for name, (least, most) in counted.items():
        found = sum(requests[name] for requests in stated)
        findings.expect("requests", f"requests {name}", min(max(found, least), most), found)
    for report in reports.values():
        for line in report.rows:
            posts = world.posts.get(line["external_reference"], [])
            if world.has_bodies and line["outcome"] != "rejected" and len(reports) == 1:
                findings.expect("requests", f"attempts of {line['external_reference']}", str(len(posts)),
                                line["attempts"])
