"""Random bill files: accounts with several bills, customers with several accounts, invalid rows, duplicates."""

import csv
import io

PARTY = ["account.external_reference", "account.name", "account.customer.external_reference", "account.customer.name",
         "account.customer.email", "account.customer.phone", "customer.external_reference", "customer.name", "account",
         "customer"]
HEADINGS = ["external_reference", "currency", "amount_due", "bill_date", "due_date", *PARTY, "metadata.period",
            "metadata.note"]
# A file without these columns is rejected as a whole.
KEPT = [*HEADINGS[:3], "account.external_reference", "account.customer.external_reference",
        "customer.external_reference"]
NAMES = ["Thandi Nkosi", "Sipho, Dlamini", 'Lerato "L" Mokoena', "Zoë van Wyk", "Ayesha Patel", "李小龍", ""]
NOTES = ["", "", "paid at the counter", 'with "quotes"', "two\nlines", "a, b", "é" * 40]
# What makes a row invalid.
FAULTS = [
    ("external_reference", "B 1"), ("external_reference", ""), ("external_reference", "bill_1"),
    ("external_reference", "x" * 256), ("currency", "ZZZ"), ("currency", ""), ("currency", "zar"), ("amount_due", "0"),
    ("amount_due", "12.50"), ("amount_due", ""), ("amount_due", "100000000"), ("amount_due", "-5"),
    ("bill_date", "2026-02-30"), ("due_date", "2020-01-01"), ("due_date", "31/01/2026"), ("metadata.note", "x" * 501),
    ("account.customer.email", "nobody"), ("account.customer.phone", "0821234567"), ("account.name", "n" * 256),
]


class Town:
    """Customers and accounts that files bill; some have ids at the API already."""

    def __init__(self, random, customers, accounts):
        self.random = random
        self.customers = [{"reference": f"C-{number}", "name": random.choice(NAMES)} for number in range(customers)]
        self.accounts = [{"reference": f"A-{number}", "name": random.choice(["Water", "Power", ""]),
                          "customer": random.choice(self.customers)} for number in range(accounts)]
        self.ids = []  # (column, id) of parties that the API knew before

    def bill(self, reference):
        """A valid row."""
        random = self.random
        row = dict.fromkeys(HEADINGS, "")
        row.update({
            "external_reference": reference, "currency": random.choice(["ZAR"] * 4 + ["USD", "JPY"]),
            "amount_due": str(random.choice([1, 99_999_999, random.randint(1, 500_000)])), "bill_date": "2026-01-01",
            "due_date": random.choice(["2026-01-31", "2026-01-01", ""]), "metadata.period": random.choice(["", "2026-01"]),
            "metadata.note": random.choice(NOTES)})
        kind = random.random()
        if kind < 0.1 and self.ids:
            column, known = random.choice(self.ids)
            row[column] = known
        elif kind < 0.3:
            self._describe(row, "customer.", random.choice(self.customers))
        else:
            account = random.choice(self.accounts)
            self._describe(row, "account.", account)
            self._describe(row, "account.customer.", account["customer"])
        return row

    @staticmethod
    def _describe(row, prefix, party):
        row[prefix + "external_reference"] = party["reference"]
        row[prefix + "name"] = party["name"]


def rows(random, town, count, prefix, moves_accounts):
    """The rows of a file; in some, an account stands under another customer."""
    table = [town.bill(f"{prefix}-{number}") for number in range(count)]
    for row in table:
        if random.random() < 0.06:
            column, value = random.choice(FAULTS)
            row[column] = value
        if random.random() < 0.03:
            row["account.customer.external_reference"] = ""
        if random.random() < 0.03 and row["account.name"]:
            row["account.name"] += " again"  # described otherwise: a warning
    for _ in range(random.choice([0, 0, 1, 3])):
        again = dict(random.choice(table))
        if random.random() < 0.5:
            again["amount_due"] = str(random.randint(1, 9999))
        table.insert(random.randint(0, len(table)), again)
    if moves_accounts and random.random() < 0.2:
        moved = random.choice([row for row in table if row["account.external_reference"]] or [None])
        if moved:
            moved["account.customer.external_reference"] = "C-other"
    order = random.random()
    if order < 0.3:
        table.sort(key=lambda row: row["account.external_reference"])
    elif order < 0.6:
        random.shuffle(table)
    return table


def text(random, table):
    """The rows as a CSV file: some order of columns, some line end, unused columns left out."""
    used = [name for name in HEADINGS if any(row[name] for row in table) or name in KEPT]
    random.shuffle(used)
    out = io.StringIO(newline="")
    quoting = random.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    writer = csv.DictWriter(out, used, extrasaction="ignore", lineterminator=random.choice(["\n", "\r\n"]),
                            quoting=quoting)
    writer.writeheader()
    for number, row in enumerate(table):
        writer.writerow(row)
        if random.random() < 0.01:
            out.write("too,few\n" if len(used) > 2 else "")
    mark = "\ufeff" if random.random() < 0.2 else ""
    return (mark + out.getvalue()).encode()
