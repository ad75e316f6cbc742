"""Polars under the same rules as billdrop: prints rows, rows that break one, accounts under two customers.

usage: peer_polars.py FILE
"""

import sys

import polars as pl
from polars import col

REFERENCES = ["external_reference", "account.customer.external_reference", "account.external_reference"]
REFERENCE = r"^[A-Za-z0-9_-]+$"
DATE = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"


def is_reference(name):
    return col(name).str.contains(REFERENCE) & (col(name).str.len_bytes() <= 255)


def date(name):
    return pl.when(col(name).str.contains(DATE)).then(col(name).str.to_date("%Y-%m-%d", strict=False))


def is_short(name, most):
    return col(name).str.len_chars().is_between(1, most)


amount = col("amount_due")
rules = [is_reference(name) for name in REFERENCES] + [
    is_short("account.customer.name", 255),
    is_short("account.name", 255),
    col("account.customer.email").str.contains(r"^[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$"),
    col("account.customer.phone").str.contains(r"^\+[1-9][0-9]{1,14}$"),
    col("currency").is_in(["ZAR", "USD", "EUR", "GBP", "JPY", "KES", "NGN", "BWP", "NAD", "MZN"]),
    amount.str.contains(r"^[0-9]+$") & amount.cast(pl.Int64, strict=False).is_between(1, 99_999_999),
    date("bill_date").is_not_null() & (date("due_date") >= date("bill_date")),
    col("metadata.invoice_period").str.len_chars() <= 500,
]
valid = pl.all_horizontal([rule.fill_null(False) for rule in rules])

rows = pl.scan_csv(sys.argv[1], infer_schema=False)
references = (
    rows.select("external_reference", bad=~valid)
    .group_by("external_reference")
    .agg(rows=pl.len(), bad=col("bad").sum())
    .select(col("rows").sum(), bad=col("bad").sum() + (col("rows") - 1).sum())
)
owners = (
    rows.filter(col(REFERENCES[1]).is_not_null())
    .group_by(REFERENCES[2])
    .agg(owners=col(REFERENCES[1]).n_unique())
    .select((col("owners") > 1).sum())
)
counts, conflicts = pl.collect_all([references, owners])
print(*counts.row(0), conflicts.item())
