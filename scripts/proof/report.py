"""The report of one file, as it lies in its folder."""

import csv
import json

COLUMNS = {
    "rows.csv": "record,line,external_reference,outcome,code,field,message,id,attempts".split(","),
    "issues.csv": "record,line,column,code,severity,value,message,hint".split(","),
}


class Report:
    """summary.json, rows.csv, issues.csv, rejected.csv and receipt.json; `missing` says what isn't there or can't be read.
    `cells` are the rows as they stand in rows.csv."""

    def __init__(self, folder):
        self.folder, self.missing, self.cells = folder, [], []
        self.summary = self._json("summary.json")
        self.rows = self._table("rows.csv") if self.summary.get("verdict") != "file_rejected" else []
        self.issues = self._table("issues.csv")
        self.receipt = self._json("receipt.json") if (folder / "receipt.json").exists() else None
        rejected = folder / "rejected.csv"
        self.rejected = rejected.read_bytes() if rejected.exists() else None

    @classmethod
    def find(cls, reports, digest):
        """The report of a submitted file below a folder of reports; None where there is none."""
        folders = [folder for folder in reports.glob(f"*-{digest[:12]}/submit")]
        return cls(folders[0]) if len(folders) == 1 else None

    def _json(self, name):
        try:
            return json.loads((self.folder / name).read_text())
        except (OSError, ValueError) as fault:
            self.missing.append(f"{name}: {fault}")
            return {}

    def _table(self, name):
        try:
            with open(self.folder / name, newline="", encoding="utf-8") as file:
                lines = list(csv.reader(file, strict=True))
        except (OSError, ValueError, csv.Error) as fault:
            self.missing.append(f"{name}: {fault}")
            return []
        if not lines or lines[0] != COLUMNS[name]:
            self.missing.append(f"{name}: its headings are {lines[:1]}")
            return []
        if any(len(line) != len(lines[0]) for line in lines):
            self.missing.append(f"{name}: its lines differ in length")
            return []
        if name == "rows.csv":
            self.cells = [dict(zip(lines[0], line)) for line in lines[1:]]
        return [{key: _plain(cell) for key, cell in zip(lines[0], line)} for line in lines[1:]]


def _plain(cell):
    """A cell without the apostrophe that keeps spreadsheets from running it."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@", "\t", "\r") else cell
