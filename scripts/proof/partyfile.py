"""Judges the rows of a file about customers or accounts: which are valid, and which values each one asks for."""

from .rules import BillFile


class PartyFile(BillFile):
    """A file under one of the operations customer, account, customer-balance and account-balance."""

    LARGEST = 99_999_999_999

    def __init__(self, path, schemas, operation, keeps_first=False):
        self.operation, self.kind = operation, operation.removesuffix("-balance")
        self.SCHEMA = f"{operation}-row.schema.json"
        self.REFERENCE = f"{self.kind}.external_reference"
        self.sets_balance = operation != self.kind
        self.AMOUNT = f"{self.kind}.balance" if self.sets_balance else None
        self.CURRENCY = f"{self.kind}.currency" if self.sets_balance else None
        self.NEEDED = tuple(filter(None, (self.REFERENCE, self.AMOUNT, self.CURRENCY)))
        super().__init__(path, schemas, keeps_first)

    def _is_known(self, heading):
        """Whether a heading is the path of a leaf of the row's schema."""
        node = {"properties": self.schemas.documents[self.SCHEMA]["properties"]}
        steps = heading.split(".")
        while steps:
            if "$ref" in node:
                node = self._target(node["$ref"]) | {key: rule for key, rule in node.items() if key != "$ref"}
            if steps[0] == "metadata" and "metadata" in node.get("properties", {}):
                return 1 <= len(".".join(steps[1:])) <= 40
            node = node.get("properties", {}).get(steps.pop(0))
            if node is None:
                return False
        return "properties" not in node and not node.get("$ref", "").endswith(".schema.json")

    def _target(self, reference):
        file, _, pointer = reference.partition("#")
        node = self.schemas.documents[file or self.SCHEMA]
        for step in pointer.split("/")[1:]:
            node = node[step]
        return node

    def _judge_accounts(self):
        """An account stands in the file once, so under one customer."""

    def values(self, row):
        """What the row asks the API to keep of its object, by the API's names; whose an account is left out."""
        wanted = dict(row.bill.get(self.kind, {}))
        wanted.pop("customer", None)
        return wanted

    def owner(self, row):
        """The reference of the customer that an account's row names; None where it names none."""
        return row.bill.get(self.kind, {}).get("customer", {}).get("external_reference")

    def descriptions(self):
        return {}
