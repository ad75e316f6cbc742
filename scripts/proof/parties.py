"""Report ⇔ sandbox for files about customers and accounts: what each row is said to have become, against what its object
has and what was asked for it, one request after the other."""

from collections import Counter

ACCEPTED = ("created", "updated", "unchanged")


class Objects:
    """The sandbox's objects of one kind by reference, and our writes of each in the order of their arrival."""

    def __init__(self, kind, world):
        self.kind = kind
        found = world.customers if kind == "customer" else world.accounts
        self.known = {party["external_reference"]: party for party in found.values()}
        self.writes, self.reads = {}, {}
        below = f"/billing/{kind}s"
        for entry in world.ours:
            if entry["method"] == "PATCH" and entry["path"].startswith(below + "/"):
                self.writes.setdefault(entry["path"].rpartition("/")[2], []).append(entry)
            elif entry["method"] == "POST" and entry["path"] == below and isinstance(entry.get("json"), dict):
                self.writes.setdefault(entry["json"].get("external_reference"), []).append(entry)
            elif entry["method"] == "GET" and entry["path"].startswith(below + "/"):
                self.reads.setdefault(entry["path"].rpartition("/")[2], []).append(entry)


def check(files, reports, world, findings):
    """Judges the files in their order, the oldest first."""
    for kind in sorted({file.kind for file in files}):
        objects = Objects(kind, world)
        rows = {}
        for file in (file for file in files if file.kind == kind):
            lines = reports[file.digest].rows if file.digest in reports else []
            for row, line in zip(file.rows, lines):
                if row.valid:
                    rows.setdefault(row.reference, []).append((file, row, line))
        for reference, claims in rows.items():
            _object(reference, claims, objects, world, findings)
        for reference, writes in objects.writes.items():
            if reference not in rows:
                findings.add("none-other", f"request {writes[0]['number']}: no valid row is about the {kind} {reference}")
        _made(kind, rows, files, world, findings)
        _money(kind, files, reports, objects, findings)


def _object(reference, claims, objects, world, findings):
    """All rows about one object, and what it has in the end: the values of the last row that was accepted."""
    party, writes = objects.known.get(reference), objects.writes.get(reference, [])
    for file, row, line in claims:
        where = f"{file.path.name}: record {row.number} ({reference})"
        if line["outcome"] in ACCEPTED:
            if party is None:
                findings.add("lost", f"{where}: said to be {line['outcome']}, and not there")
                return
            findings.expect("id", where, party["id"], line["id"])
        if line["outcome"] == "created" and party["id"] not in world.made_by_us:
            findings.add("outcome", f"{where}: said to be created, and another client made it")
        if line["outcome"] == "refused" and not any(400 <= entry["decided"] < 500 for entry in writes):
            findings.add("outcome", f"{where}: said to be refused, and the API never refused it")
        if line["outcome"] == "refused" and len(claims) == 1 and _made_as_asked(file, row, party, objects, world):
            findings.add("outcome", f"{where}: said to be refused, and our request made it")
        if line["outcome"] == "not_sent" and len(claims) == 1 and any(e["decided"] in (200, 201) for e in writes):
            findings.add("outcome", f"{where}: said to be not sent, and it was")
    accepted = [claim for claim in claims if claim[2]["outcome"] in ACCEPTED]
    if accepted:
        file, row, line = accepted[-1]
        for name, value in _deviations(file.values(row), party, world, file.owner(row)):
            findings.add("balance" if name == "balance" else "differs",
                         f"{file.path.name}: record {row.number} ({reference}): said to be {line['outcome']}, but {name} "
                         f"is {party.get(name)!r} and not {value!r}")
    if world.has_bodies:
        _sent(reference, accepted, claims, writes, findings)
        _order(reference, writes, objects.reads.get(reference, []), findings)


def _made_as_asked(file, row, party, objects, world):
    """Whether a request of ours for the object itself made it, with what the row says."""
    maker = world.makers.get(party["id"]) if party else None
    return (maker is not None and party["id"] in world.made_by_us and maker["path"] == f"/billing/{objects.kind}s"
            and not list(_deviations(file.values(row), party, world, file.owner(row))))


def _deviations(wanted, party, world, owner):
    for name, value in wanted.items():
        if name == "metadata":
            if any(party.get("metadata", {}).get(key) != text for key, text in value.items()):
                yield name, value
        elif party.get(name) != value:
            yield name, value
    if owner is not None and world.customers[party["customer_id"]]["external_reference"] != owner:
        yield "customer", owner


def _sent(reference, accepted, claims, writes, findings):
    """Rule 17: each accepted row with a balance was sent, whatever the object had before; and nothing else was."""
    wanted = [(file, row) for file, row, line in accepted if file.sets_balance]
    carried = Counter(entry["json"].get("balance") for entry in writes if entry["decided"] in (200, 201))
    for file, row in wanted:
        balance = file.values(row)["balance"]
        carried[balance] -= 1
        if carried[balance] < 0:
            findings.add("always-sent", f"{file.path.name}: record {row.number}: the balance of {reference} was not sent")
    said = [file.values(row) for file, row, _ in claims]
    for entry in writes:
        body = {name: value for name, value in entry["json"].items() if name not in ("customer", "external_reference")}
        plain = [{name: value for name, value in values.items() if name not in ("external_reference", "metadata")}
                 for values in said]
        if {name: value for name, value in body.items() if name != "metadata"} not in plain:
            findings.add("sent", f"request {entry['number']}: {body} is not what a row about {reference} says")
        if "balance" in body and "currency" not in body:
            findings.add("contract", f"request {entry['number']}: a balance without its currency")


def _order(reference, writes, reads, findings):
    """Rule 16: no other PATCH while one is unknown; and one that was lost is read again after its definite answer."""
    lost, last_lost = None, None
    for entry in writes:
        if lost is not None and entry["method"] == "PATCH" and entry["json"] != lost:
            findings.add("overtaken", f"request {entry['number']}: {reference} was changed while another was unknown")
        if _is_definite(entry):
            lost = None
        elif entry["method"] == "PATCH" and entry["answered"] != 429:
            lost, last_lost = entry["json"], entry["number"]
    if last_lost is None or lost is not None:
        return
    definite = next((entry["number"] for entry in writes if entry["number"] > last_lost and _is_definite(entry)), last_lost)
    if not any(read["number"] > definite for read in reads):
        findings.add("not-read-again", f"{reference}: the change of request {last_lost} was lost, and it is not read again")


def _is_definite(entry):
    """Whether an answer left that told what became of its request: a status below 500, and of a success a body too."""
    if not 200 <= entry["answered"] < 500 or entry["answered"] == 429 or entry.get("fault") == "cut":
        return False
    return entry["answered"] >= 300 or entry.get("fault") not in ("garbage", "other-body", "long-id", "party-id")


def _made(kind, rows, files, world, findings):
    """None other than what the valid rows name was made by us."""
    owners = {file.owner(row) for file in files for row in file.rows if row.valid}
    objects = world.customers if kind == "customer" else world.accounts
    for party in objects.values():
        if party["id"] in world.made_by_us and party["external_reference"] not in rows:
            findings.add("none-other", f"no valid row names the {kind} {party['external_reference']}, made by us")
    if kind == "account":
        for party in world.customers.values():
            if party["id"] in world.made_by_us and party["external_reference"] not in owners:
                findings.add("none-other", f"no valid row names the customer {party['external_reference']}, made by us")


def _money(kind, files, reports, objects, findings):
    """What the last file's report says of accepted balances is what these objects have together."""
    balances = [file for file in files if file.kind == kind and file.sets_balance and file.digest in reports]
    if not balances:
        return
    file, report = balances[-1], reports[balances[-1].digest]
    has, said = Counter(), Counter()
    for row, line in zip(file.rows, report.rows):
        if row.valid and line["outcome"] in ACCEPTED and row.reference in objects.known:
            party = objects.known[row.reference]
            has[party.get("currency")] += party.get("balance", 0)
    for currency, sums in report.summary.get("money", {}).items():
        said[currency] += sum(sums.get(outcome, 0) for outcome in ACCEPTED)
    for currency in has.keys() | said.keys():
        findings.expect("money", f"{file.path.name}: balances in {currency}", has[currency], said[currency])
