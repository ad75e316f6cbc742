"""The requests in the log against the API's contract: paths, keys, bodies; one body a key, one key a bill."""

import re

REFERENCE = r"(?!bcus_|bacc_|bill_)[a-zA-Z0-9_-]{1,255}"
CALLS = [
    ("POST", re.compile(r"/billing/(customers|accounts|bills)\Z")),
    ("GET", re.compile(rf"/billing/customers/(bcus_[a-zA-Z0-9]+|{REFERENCE})\Z")),
    ("GET", re.compile(rf"/billing/accounts/(bacc_[a-zA-Z0-9]+|{REFERENCE})\Z")),
    ("GET", re.compile(rf"/billing/bills/(bill_[a-zA-Z0-9]+|{REFERENCE})\Z")),
    ("PATCH", re.compile(rf"/billing/bills/({REFERENCE}|bill_[a-zA-Z0-9]+)\Z")),
    ("POST", re.compile(rf"/billing/bills/({REFERENCE}|bill_[a-zA-Z0-9]+)/void\Z")),
    ("PATCH", re.compile(rf"/billing/(customers|accounts)/({REFERENCE}|b(cus|acc)_[a-zA-Z0-9]+)\Z")),
]
KEY = re.compile(r"[a-zA-Z0-9-]{1,255}\Z")
DAY = 24 * 3600 * 1000
# Answers that say that the request itself is not as the contract has it.
MALFORMED = {400, 405, 411, 413, 414, 415}


def check(world, schemas, findings):
    """Every request of ours."""
    keys = {}
    for entry in world.ours:
        _request(entry, findings)
        if "idempotency_key" in entry:
            keys.setdefault(entry["idempotency_key"], []).append(entry)
    for entry, fault in world.unreadable:
        findings.add("contract", f"request {entry['number']}: its body is not JSON: {fault}")
    for key, entries in keys.items():
        _key(key, entries, findings)
    for posts in world.posts.values():
        for entry in posts:
            for fault in schemas.faults("bill.schema.json", entry["json"]):
                findings.add("contract", f"request {entry['number']}: its body breaks the schema: {fault}")
        _second_key(posts, world, findings)


def _request(entry, findings):
    where = f"request {entry['number']}: {entry['method']} {entry['path']}"
    if not any(entry["method"] == method and path.match(entry["path"]) for method, path in CALLS):
        findings.add("contract", f"{where}: no such call")
    key = entry.get("idempotency_key")
    if entry["method"] == "POST" and (key is None or not KEY.match(key)):
        findings.add("contract", f"{where}: its Idempotency-Key is {key!r}")
    if entry["method"] != "POST" and key is not None:
        findings.add("contract", f"{where}: an Idempotency-Key where none belongs")
    if entry["decided"] in MALFORMED:
        findings.add("contract", f"{where}: the API found it malformed ({entry['decided']})")


def _key(key, entries, findings):
    bodies = {(entry["method"], entry["path"], entry["body_fnv1a"]) for entry in entries}
    if len(bodies) > 1:
        numbers = [entry["number"] for entry in entries]
        findings.add("two-bodies", f"key {key} came with {len(bodies)} different requests: {numbers}")
    times = [entry["arrived_at_ms"] for entry in entries]
    if max(times) - min(times) >= DAY:
        findings.add("stale-key", f"key {key} was sent again after 24 hours")


def _second_key(posts, world, findings):
    """Once a bill of ours is there, no other key asks for it: it would be there twice but for its reference."""
    maker = next((entry for entry in posts if "made_bill" in entry), None)
    if maker is None or maker["made_bill"] in world.unclaimed:
        return
    for entry in posts:
        if entry["number"] > maker["number"] and entry["idempotency_key"] != maker["idempotency_key"]:
            findings.add("second-key", f"request {entry['number']}: a new key for the bill "
                         f"{entry['json']['external_reference']}, which request {maker['number']} made")
