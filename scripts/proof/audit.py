"""The audit as a whole."""

from . import accounting, changes, contract, parties, truth
from .changefile import ChangeFile
from .findings import Findings
from .partyfile import PartyFile
from .report import Report


# After so many milliseconds a client may give up waiting for an answer.
TIMEOUT = 1000
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
    about_bills = [file for file in files if isinstance(file, ChangeFile)]
    raising = [file for file in files if file not in about_parties and file not in about_bills]
    if about_parties:
        parties.check(about_parties, found, world, findings)
    if about_bills:
        changes.check(about_bills, found, world, findings)
    if raising:
        of_these = {file.digest: found[file.digest] for file in raising if file.digest in found}
        truth.check(raising, of_these, world, findings, single_run, changes.Touched(about_bills))
    if single_run and not about_parties and not about_bills:
        _requests(found, world, findings)
    return findings


def _was_read(entry, last):
    """Whether the client certainly had this answer, which left whole.

    A client sends a second request on a connection only when it has read the answer to the first one to its end, so an
    answer before another request on its connection was read. Of the last one on a connection nobody can tell whether
    the client had given up by then: it had not where the request's key came never again, or within its time-out.
    """
    number, key, arrived = entry["number"], entry.get("idempotency_key"), entry["arrived_at_ms"]
    if last.number_on.get(entry.get("connection"), 0) > number:
        return True
    return entry.get("fault") not in SLOW and (key is None or last.arrival_of[key] - arrived < TIMEOUT)


class _Last:
    """The last request on each connection, and when each key came last."""

    def __init__(self, entries):
        self.number_on = {entry["connection"]: entry["number"] for entry in entries if entry.get("connection")}
        self.arrival_of = {entry.get("idempotency_key"): entry["arrived_at_ms"] for entry in entries}


def _requests(reports, world, findings):
    """The counts of requests, which only an uninterrupted run keeps exactly. A GET is none that was sent for a row."""
    # Those that left as they were decided and whole, so that the client could see what they were.
    left = [entry for entry in world.ours
            if entry["answered"] == entry["decided"] and entry.get("fault") not in ("cut", "500-after")]
    last = _Last(world.ours)
    came = [entry for entry in left if _was_read(entry, last)]
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
