"""Judges the rows of a file about bills that are there: payments, voids, corrections."""

from .rules import BillFile


class ChangeFile(BillFile):
    """A file under one of the operations payment, payment-added, void and correct."""

    OPERATIONS = ("payment", "payment-added", "void", "correct")
    AMOUNTS = {"payment": "amount_paid", "payment-added": "payment_amount", "void": None, "correct": "amount_due"}

    def __init__(self, path, schemas, operation, keeps_first=False):
        self.operation = operation
        self.SCHEMA = f"{operation}-row.schema.json"
        self.AMOUNT = self.AMOUNTS[operation]
        self.CURRENCY = "currency" if self.AMOUNT else None
        self.UNIQUE = "payment_reference" if operation == "payment-added" else self.REFERENCE
        self.NEEDED = tuple(filter(None, (self.REFERENCE, self.AMOUNT, self.CURRENCY)))
        super().__init__(path, schemas, keeps_first)

    def _is_known(self, heading):
        first = heading.split(".")[0]
        return first in self.schemas.documents[self.SCHEMA]["properties"]

    def _judge_accounts(self):
        """What a row says of parties is compared with the API's, and makes none."""

    def _judge_duplicates(self):
        """What stands once in a file is the payment's own reference where it has one."""
        bills = [row.reference for row in self.rows]
        if self.operation == "payment-added":
            for row in self.rows:
                row.reference = str((row.bill or {}).get("payment_reference", ""))
        super()._judge_duplicates()
        for row, bill in zip(self.rows, bills):
            row.reference = bill
