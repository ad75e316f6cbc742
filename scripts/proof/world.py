"""What a sandbox holds and what it was asked, read over HTTP or given as values."""

import json
import urllib.request


class World:
    """The sandbox's objects and its log, with who made what."""

    def __init__(self, state, customers, accounts, bills, log, client):
        self.state, self.log = state, log
        self.customers = {customer["id"]: customer for customer in customers}
        self.accounts = {account["id"]: account for account in accounts}
        self.bills = {}
        self.twice = []
        for bill in bills:
            reference = bill["external_reference"]
            self.twice += [reference] if reference in self.bills else []
            self.bills[reference] = bill
        self.all_bills = bills
        self.ours = [entry for entry in log if entry.get("client", "").startswith(client)]
        ours = {entry["number"] for entry in self.ours}
        self.makers = {}  # id of an object → the log entry that made it
        for entry in log:
            for kind in ("customer", "account", "bill"):
                if f"made_{kind}" in entry:
                    self.makers[entry[f"made_{kind}"]] = entry
        self.made_by_us = {made for made, entry in self.makers.items() if entry["number"] in ours}
        # Made by a request of ours whose answer the API neither gave nor kept under the key, against its own contract:
        # nothing tells any client who made it.
        self.unclaimed = {made for made, entry in self.makers.items()
                          if entry["number"] in ours and entry.get("fault") == "drop-unstored"}
        self.has_bodies = any("body" in entry for entry in log)
        self._index_posts()

    def _index_posts(self):
        """Our creations of bills, by reference, in the order of arrival; needs logged bodies."""
        self.posts, self.unreadable = {}, []
        for entry in self.ours:
            if entry["method"] not in ("POST", "PATCH") or "body" not in entry:
                continue
            try:
                entry["json"] = json.loads(entry["body"], object_pairs_hook=_unique)
            except ValueError as fault:
                self.unreadable.append((entry, str(fault)))
                continue
            if entry["method"] == "POST" and entry["path"] == "/billing/bills" and isinstance(entry["json"], dict):
                self.posts.setdefault(entry["json"].get("external_reference"), []).append(entry)

    @classmethod
    def load(cls, url, client):
        def fetch(name):
            with urllib.request.urlopen(f"{url}/sandbox/{name}", timeout=60) as answer:
                return answer.read().decode()

        def lines(name):
            return [json.loads(line) for line in fetch(name).splitlines()]

        return cls(json.loads(fetch("state")), lines("customers"), lines("accounts"), lines("bills"), lines("log"),
                   client)


def _unique(pairs):
    members = dict(pairs)
    if len(members) < len(pairs):
        raise ValueError("a member stands twice")
    return members
