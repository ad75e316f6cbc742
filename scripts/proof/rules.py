"""Judges the rows of a bill file: which are valid, what each asks for, what money it names."""

import hashlib
import re

from . import csvfile

REASONS = {"billdrop_code", "billdrop_reason"}
INTEGERS = {"amount_due", "amount_paid", "payment_amount", "balance"}
INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})\Z")
# What is more than the first counts as long as all of it in a currency comes to no more than the second.
LARGEST_READABLE, MOST_HUGE = 2_000_000_000, 10**15
# ISO 4217, the active codes that have a minor unit.
CURRENCIES = set("""
AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF
CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL
MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON
RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX
USD USN UYI UYU UYW UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG
""".split())


class Row:
    """A record and what is to be made of it."""

    def __init__(self, record):
        self.number, self.line, self.record = record.number, record.line, record
        self.reasons = []  # why it is invalid; empty: it is valid
        self.bill = None  # what it asks for, as the body of a request with everything nested
        self.reference = ""
        self.paid = 0  # minor units, before it is raised
        self.money = None  # (currency, minor units), where both can be read

    @property
    def valid(self):
        return not self.reasons

    @property
    def account(self):
        """The account that it describes."""
        party = (self.bill or {}).get("account")
        return party if isinstance(party, dict) else None

    @property
    def customer(self):
        """The customer that it describes, under its account or alone."""
        party = (self.account or self.bill or {}).get("customer")
        return party if isinstance(party, dict) else None


class BillFile:
    """A bill file, judged. `fault` says why it can't be used as a whole; it has no rows then."""

    SCHEMA = "bill-row.schema.json"
    NEEDED = ("external_reference", "currency", "amount_due")
    REFERENCE, AMOUNT, CURRENCY = NEEDED[0], NEEDED[2], NEEDED[1]
    LARGEST = LARGEST_READABLE

    def __init__(self, path, schemas, keeps_first=False):
        self.path, self.schemas, self.keeps_first = path, schemas, keeps_first
        self.data = path.read_bytes()
        self.digest = hashlib.sha256(self.data).hexdigest()
        self.headings, self.rows, self.fault = [], [], None
        try:
            self._read()
        except csvfile.FileFault as fault:
            self.fault, self.rows = str(fault), []

    def _read(self):
        records = csvfile.read(self.data)
        if not records:
            raise csvfile.FileFault("there is nothing in it")
        if records[0].faults:
            raise csvfile.FileFault("the heading row can't be read")
        self.headings = [cell.decode() for cell in records[0].cells]
        if len(set(self.headings)) < len(self.headings):
            raise csvfile.FileFault("a heading stands twice")
        for heading in self.headings:
            if heading not in REASONS and not self._is_known(heading):
                raise csvfile.FileFault(f"no such heading: {heading}")
        for needed in self.NEEDED:
            if needed not in self.headings:
                raise csvfile.FileFault(f"no heading {needed}")
        self.rows = [self._row(record) for record in records[1:]]
        self._leave_out_huge()
        self._judge_duplicates()
        self._judge_accounts()

    def _is_known(self, heading):
        """Whether a heading is the path of a leaf of the bill's schema."""
        documents, steps = self.schemas.documents, heading.split(".")
        schema = documents["bill-row.schema.json"]["properties"]
        if heading in ("account", "customer"):
            return True
        for party in ("account", "customer"):
            if steps[0] == party and party in schema:
                schema, steps = documents[f"{party}.schema.json"]["properties"], steps[1:]
        if steps[0] == "metadata":
            return len(steps) > 1 and 1 <= len(".".join(steps[1:])) <= 40
        return len(steps) == 1 and steps[0] in schema and steps[0] not in ("account", "customer")

    def _row(self, record):
        row = Row(record)
        row.reasons += record.faults
        cells = [cell.decode("utf-8", "replace") for cell in record.cells]
        place = self.headings.index(self.REFERENCE)
        row.reference = cells[place] if place < len(cells) else ""
        if len(cells) != len(self.headings):
            row.reasons.append("number of fields")
            return row
        values = {name: cell for name, cell in zip(self.headings, cells) if cell and name not in REASONS}
        amount, currency = values.get(self.AMOUNT, ""), values.get(self.CURRENCY, "")
        if INTEGER.match(amount) and currency in CURRENCIES:
            row.money = (currency, int(amount))
        row.bill = self._bill(values, row)
        row.reasons += self.schemas.faults(self.SCHEMA, row.bill)
        self._judge_values(values, row)
        # What was paid before is no part of the bill's request.
        row.paid = row.bill.pop("amount_paid", 0) if self.SCHEMA == BillFile.SCHEMA else 0
        if isinstance(row.paid, int) and row.money and row.paid > row.money[1] and row.paid > 0:
            row.reasons.append("more is paid than is due")
        return row

    def _leave_out_huge(self):
        """Amounts of which the sums would grow past all bounds are in none of them."""
        huge = [row for row in self.rows if row.money and abs(row.money[1]) > self.LARGEST]
        for currency in {row.money[0] for row in huge}:
            of = [row for row in huge if row.money and row.money[0] == currency]
            if sum(abs(row.money[1]) for row in of) > MOST_HUGE:
                for row in of:
                    row.money = None

    def _bill(self, values, row):
        """The row as the body of a request. Where two forms of a party meet, the row is invalid."""
        bill = {}
        for path, cell in values.items():
            steps, target = path.split("."), bill
            if "metadata" in steps:
                place = steps.index("metadata")
                steps = steps[: place + 1] + [".".join(steps[place + 1:])]
            for step in steps[:-1]:
                target = target.setdefault(step, {})
                if not isinstance(target, dict):
                    row.reasons.append(f"{path}: beside an id")
                    return bill
            if isinstance(target.get(steps[-1]), dict):
                row.reasons.append(f"{path}: an id beside an object")
                return bill
            is_integer = steps[-1] in INTEGERS and len(steps) == path.count(".") + 1 and "metadata" not in steps
            target[steps[-1]] = int(cell) if is_integer and INTEGER.match(cell) else cell
        return bill

    def _judge_values(self, values, row):
        for path in ("currency", "account.currency", "customer.currency", "account.customer.currency"):
            if values.get(path) and values[path] not in CURRENCIES:
                row.reasons.append(f"{path}: no currency")
        bill_date, due_date = values.get("bill_date", ""), values.get("due_date", "")
        if len(bill_date) == len(due_date) == 10 and due_date < bill_date:
            row.reasons.append("due before it is raised")

    def _judge_duplicates(self):
        groups = {}
        for row in self.rows:
            if row.reference:
                groups.setdefault(row.reference, []).append(row)
        for group in groups.values():
            first = self._kept(group[0])
            differs = any(self._kept(row) != first for row in group)
            for row in group:
                if row is not group[0] or (differs and not self.keeps_first):
                    row.reasons.append("its reference stands in the file again")

    def _kept(self, row):
        """The cells of a row without our own reason columns."""
        cells = row.record.cells
        if len(cells) != len(self.headings):
            return cells
        return [cell for cell, name in zip(cells, self.headings) if name not in REASONS]

    def _judge_accounts(self):
        owners = {}
        for row in self.rows:
            if row.valid and row.account:
                owners.setdefault(row.account["external_reference"], []).append((row, self._owner(row)))
        for group in owners.values():
            first = group[0][1]
            differs = any(owner != first for _, owner in group)
            for row, owner in group:
                if differs and (owner != first or not self.keeps_first):
                    row.reasons.append("its account stands under two customers")

    @staticmethod
    def _owner(row):
        customer = row.account["customer"]
        return customer["external_reference"] if isinstance(customer, dict) else customer

    def descriptions(self):
        """(kind, reference) → the attributes that are sent for it: those of the first valid row that names it."""
        known = {}
        for row in self.rows:
            if not row.valid:
                continue
            for kind, party in (("account", row.account), ("customer", row.customer)):
                if party:
                    attributes = {name: value for name, value in party.items() if name != "customer"}
                    known.setdefault((kind, party["external_reference"]), attributes)
        return known
