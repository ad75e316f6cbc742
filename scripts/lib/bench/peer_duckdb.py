"""DuckDB under the same rules as billdrop: prints rows, rows that break one, accounts under two customers.

usage: peer_duckdb.py FILE [csv|fixed]

fixed: lines of fixed places, cut with substr.
"""

import os
import sys

import duckdb

NAMES = """external_reference owner owner_name owner_email owner_phone account account_name currency amount_due
    bill_date due_date period""".split()
COLUMNS = ", ".join(f"'{name}': 'VARCHAR'" for name in NAMES)
WIDTHS = [40, 24, 40, 48, 18, 24, 40, 3, 12, 10, 10, 20]
SOURCE = f"""read_csv('{sys.argv[1]}', header=true, delim=',', quote='"', escape='"', auto_detect=false,
    columns={{{COLUMNS}}})"""
if sys.argv[2:] == ["fixed"]:
    cuts = ", ".join(f"rtrim(substr(line, {sum(WIDTHS[:i]) + 1}, {width})) {NAMES[i]}" for i, width in enumerate(WIDTHS))
    SOURCE = f"""(select {cuts} from read_csv('{sys.argv[1]}', header=false, auto_detect=false, delim='\x01', quote='',
        escape='', columns={{'line': 'VARCHAR'}}))"""


def is_reference(name):
    return f"regexp_full_match({name}, '[A-Za-z0-9_-]+') and length({name}) <= 255"


def is_date(name):
    return f"regexp_full_match({name}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}') and try_cast({name} as date) is not null"


RULES = " and ".join(
    [is_reference(name) for name in ("external_reference", "owner", "account")]
    + [is_date(name) for name in ("bill_date", "due_date")]
    + [
        "length(owner_name) between 1 and 255",
        "length(account_name) between 1 and 255",
        r"regexp_full_match(owner_email, '[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+')",
        r"regexp_full_match(owner_phone, '\+[1-9][0-9]{1,14}')",
        "currency in ('ZAR','USD','EUR','GBP','JPY','KES','NGN','BWP','NAD','MZN')",
        "regexp_full_match(amount_due, '[0-9]+') and try_cast(amount_due as bigint) between 1 and 99999999",
        "try_cast(due_date as date) >= try_cast(bill_date as date)",
        "length(period) <= 500",
    ]
)
QUERY = f"""
select sum(rows), sum(bad) + sum(rows - 1),
    (select count(*) from (select account from {SOURCE} where owner <> '' group by 1 having count(distinct owner) > 1))
from (
    select external_reference, count(*) as rows, count(*) filter (where not coalesce({RULES}, false)) as bad
    from {SOURCE} group by 1
)"""
connection = duckdb.connect()
connection.execute(f"set threads = {os.cpu_count()}")
print(*connection.execute(QUERY).fetchone())
