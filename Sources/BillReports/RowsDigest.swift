import BillModel
package import Hashing

/// A digest over what became of every row of a file, in the order of its records.
///
/// SHA-256 over `billdrop rows 1`, then of each row the cells record, external_reference, outcome, code and id as
/// `rows.csv` has them; each text as its count of bytes (8 bytes, big-endian) and its bytes. So a receipt can be held
/// against the ledger, and against the table beside it, by anybody.
package struct RowsDigest {
  private let hasher = SHA256Hasher()

  package init() { hasher.updateLengthPrefixed("billdrop rows 1") }

  /// Adds the next row.
  package func add(_ row: ReportRow) {
    add(
      cells: String(row.record), CSVCell.harmless(row.reference), row.outcome.rawValue, row.code?.rawValue ?? "",
      row.id ?? "")
  }

  /// Adds the next row as its cells stand in `rows.csv`.
  package func add(cells record: String, _ reference: String, _ outcome: String, _ code: String, _ id: String) {
    for cell in [record, reference, outcome, code, id] { hasher.updateLengthPrefixed(cell) }
  }

  /// The digest of the rows so far; it starts again without any, and without its first text.
  package func finish() -> SHA256Digest { hasher.finish() }
}
