"""Report ⇔ sandbox: what each row is said to have become, against what is there and what was asked."""

from collections import Counter

from .changes import Touched

PLAIN = ("currency", "amount_due", "bill_date", "due_date")


class Claims:
    """All rows of all files by reference: who may have made a bill."""

    def __init__(self, files, reports):
        self.rows = {}
        for file in files:
            lines = reports[file.digest].rows if file.digest in reports else []
            for row, line in zip(file.rows, lines):
                if row.valid:
                    self.rows.setdefault(row.reference, []).append((file, row, line))

    def created(self, reference):
        return self.said(reference, ("created",))

    def said(self, reference, outcomes):
        return [claim for claim in self.rows.get(reference, []) if claim[2]["outcome"] in outcomes]


def check(files, reports, world, findings, single_run, touched=Touched()):
    """Judges the sandbox's bills and parties, then each row. `touched`: what files of changes did besides."""
    claims = Claims(files, reports)
    explained = _explained(claims, world, single_run)
    for reference in world.twice:
        findings.add("doubled", f"the bill {reference} is in the sandbox twice")
    _objects(files, claims, world, findings, touched)
    for claim_list in claims.rows.values():
        for file, row, line in claim_list:
            _row(file, row, line, claims, world, explained, findings, touched)
    _rejected(files, reports, claims, world, findings, touched)
    _money(claims, reports, world, explained, findings, touched)


def _explained(claims, world, single_run):
    """Bills of another client's that a run may say it created: the same was asked for by a request of ours that got no
    answer to rely on, and nothing in the bill tells who made it. A run that was killed may have lost any answer."""
    return {reference for reference, posts in world.posts.items()
            if reference in world.bills and world.bills[reference]["id"] not in world.made_by_us
            and len(claims.created(reference)) == 1
            and any(not single_run or not _is_definite(entry) for entry in posts)}


def _is_definite(entry):
    """Whether an answer left that told what became of its request."""
    return 200 <= entry["answered"] < 500 and "fault" not in entry


def _objects(files, claims, world, findings, touched):
    """None other than what the valid rows ask for was made by us."""
    for bill in world.all_bills:
        if bill["id"] not in world.makers:
            findings.add("none-other", f"no request made the bill {bill['external_reference']}")
        elif bill["id"] in world.made_by_us and not touched.is_raised(bill["external_reference"]):
            reference = bill["external_reference"]
            if bill["id"] in world.unclaimed and not claims.created(reference):
                continue
            findings.expect("doubled" if len(claims.created(reference)) > 1 else "none-other",
                            f"rows said to have created the bill {reference}, which we made", 1,
                            len(claims.created(reference)))
    descriptions = {}
    for file in files:
        for key, attributes in file.descriptions().items():
            descriptions.setdefault(key, []).append(attributes)
    for kind, objects in (("customer", world.customers), ("account", world.accounts)):
        for party in objects.values():
            if party["id"] not in world.made_by_us:
                continue
            known = descriptions.get((kind, party["external_reference"]))
            if known is None:
                findings.add("none-other", f"no valid row names the {kind} {party['external_reference']}, made by us")
                continue
            attributes = {name: party[name] for name in party.keys() - {"id", "customer_id", "payment_rules"}}
            if attributes not in known:
                findings.add("party", f"the {kind} {party['external_reference']} is {attributes}, "
                             f"and the file says {known}")


def _row(file, row, line, claims, world, explained, findings, touched):
    outcome, where = line["outcome"], f"{file.path.name}: record {row.number} ({row.reference})"
    bill = world.bills.get(row.reference)
    ours = bill is not None and bill["id"] in world.made_by_us
    sayable = ("created", "unchanged") if ours and bill["id"] in world.unclaimed else ("created",)
    elsewhere = any(claim[1] is not row for claim in claims.said(row.reference, sayable))
    if bill is not None and ours and outcome not in sayable and not elsewhere:
        findings.add("outcome", f"{where}: said to be {outcome}, and our request made it")
    if outcome in ("created", "unchanged", "updated"):
        if bill is None:
            findings.add("lost", f"{where}: said to be {outcome}, and not there")
            return
        if outcome == "created" and not ours and row.reference not in explained:
            findings.add("outcome", f"{where}: said to be created, and another client made it")
        findings.expect("id", where, bill["id"], line["id"])
        for difference in differences(row, bill, world):
            check_name = "cent" if difference.startswith(("amount_due", "currency")) else "differs"
            findings.add(check_name, f"{where}: said to be {outcome}, but {difference}")
        if bill["status"] == "voided" and row.reference not in touched.voided:
            findings.add("outcome", f"{where}: said to be {outcome}, and voided")
    if outcome == "conflict":
        _conflict(where, row, line, bill, world, findings)
    if outcome == "refused" and world.has_bodies and not _refusals(row, world):
        findings.add("outcome", f"{where}: said to be refused, and the API never refused it")
    if outcome == "unknown" and world.has_bodies and _was_told(row, world):
        findings.add("outcome", f"{where}: said to be unknown, and the last answer told")


def differences(row, bill, world):
    """What of a bill is not as its row says; words."""
    wanted, found = row.bill, []
    for name in PLAIN:
        if name == "bill_date" and name not in wanted:
            continue
        if wanted.get(name) != bill.get(name):
            found.append(f"{name} is {bill.get(name)!r}, the row says {wanted.get(name)!r}")
    for key, value in wanted.get("metadata", {}).items():
        if bill.get("metadata", {}).get(key) != value:
            found.append(f"metadata.{key} is {bill.get('metadata', {}).get(key)!r}, the row says {value!r}")
    party = wanted.get("account", wanted.get("customer"))
    kind = "account" if "account" in wanted else "customer"
    name = "id" if isinstance(party, str) else "external_reference"
    reference = party if isinstance(party, str) else party["external_reference"]
    if bill.get(f"{kind}_{name}") != reference:
        found.append(f"it hangs on the {kind} {bill.get(f'{kind}_{name}')!r}, the row says {reference!r}")
    if kind == "customer" and bill.get("account_id"):
        found.append("it hangs on an account, the row says on a customer")
    if row.account and row.customer:
        owner = row.customer["external_reference"]
        if bill.get("customer_external_reference") != owner:
            found.append(f"its customer is {bill.get('customer_external_reference')!r}, the row says {owner!r}")
    return found


def _conflict(where, row, line, bill, world, findings):
    if bill is not None:
        if line["id"]:
            findings.expect("id", where, bill["id"], line["id"])
        if bill["status"] != "voided" and not differences(row, bill, world):
            findings.add("outcome", f"{where}: said to be in conflict, and the bill there is the same")
        return
    account = row.account and _named(world.accounts, row.account["external_reference"])
    owner = account and world.customers[account["customer_id"]]["external_reference"]
    if not account or owner == (row.customer or {}).get("external_reference"):
        findings.add("outcome", f"{where}: said to be in conflict, and nothing there stands against it")


def _named(objects, reference):
    return next((party for party in objects.values() if party["external_reference"] == reference), None)


def _refusals(row, world):
    """Definite answers against this row's own requests."""
    return [entry for entry in world.posts.get(row.reference, [])
            if 400 <= entry["decided"] < 500 and entry["decided"] not in (401, 403, 409, 429)]


def _was_told(row, world):
    """Whether the last answer to this row left whole, and said that the bill was made."""
    posts = world.posts.get(row.reference, [])
    return bool(posts) and posts[-1]["answered"] == 201 and "fault" not in posts[-1]


def _rejected(files, reports, claims, world, findings, touched):
    """Nothing was ever asked about a row that our rules reject."""
    if not world.has_bodies:
        return
    looked_up = {entry["path"].rpartition("/")[2] for entry in world.ours if entry["method"] == "GET"
                 and entry["path"].startswith("/billing/bills/")}
    for file in files:
        for row in file.rows:
            if row.valid or not row.reference or row.reference in claims.rows:
                continue
            if row.reference in world.posts or row.reference in looked_up:
                findings.add("none-other", f"{file.path.name}: record {row.number} is invalid, and was sent")
    for reference, posts in world.posts.items():
        if touched.is_raised(reference):
            continue
        if reference not in claims.rows:
            findings.add("none-other", f"request {posts[0]['number']}: no valid row asks for the bill {reference}")
            continue
        for entry in posts:
            _sent(entry, claims.rows[reference], world, findings)


def _sent(entry, candidates, world, findings):
    """What was sent is what a row says, in its own terms."""
    body = entry["json"]
    for _, row, _ in candidates:
        if all(body.get(name) == row.bill.get(name) for name in (*PLAIN, "metadata")) and _fits(body, row.bill, world):
            return
    findings.add("sent", f"request {entry['number']}: {body} is not what any row of that reference says")


def _fits(sent, said, world):
    """Whether the party in a body is the one that the row names: by its reference, or by its id."""
    for kind in ("account", "customer"):
        if (kind in sent) != (kind in said):
            return False
        if kind in said and not _is_party(sent[kind], said[kind], kind, world):
            return False
    return True


def _is_party(sent, said, kind, world):
    objects = world.accounts if kind == "account" else world.customers
    if isinstance(said, str):
        return sent == said
    if isinstance(sent, str):
        return sent in objects and objects[sent]["external_reference"] == said["external_reference"]
    if sent.get("external_reference") != said["external_reference"]:
        return False
    return kind == "customer" or _is_party(sent["customer"], said["customer"], "customer", world)


def _money(claims, reports, world, explained, findings, touched):
    """The sandbox's sums are those of the bills that the reports say we created, and of others' bills."""
    made, said = Counter(), Counter()
    for bill in world.all_bills:
        reference = bill["external_reference"]
        if touched.is_raised(reference) or bill["id"] in world.unclaimed and not claims.created(reference):
            continue
        if bill["id"] in world.made_by_us or reference in explained:
            made[bill["currency"]] += bill["amount_due"]
    for report in reports.values():
        for currency, sums in report.summary.get("money", {}).items():
            said[currency] += sums.get("created", 0)
    for currency in made.keys() | said.keys():
        findings.expect("money", f"what was created in {currency}", made[currency], said[currency])
    total = Counter()
    for bill in world.all_bills:
        total[bill["currency"]] += bill["amount_due"]
    for currency in total.keys() | world.state["money"].keys():
        stated = world.state["money"].get(currency, {}).get("amount_due", 0)
        findings.expect("money", f"the sandbox's own sum in {currency}", total[currency], stated)
