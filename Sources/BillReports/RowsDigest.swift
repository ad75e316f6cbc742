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

  /// Adds the next rows.
  package func add(_ rows: [ReportRow]) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(rows.count * 128)
    for row in rows {
      Self.append(String(row.record), to: &bytes)
      Self.append(CSVCell.harmless(row.reference), to: &bytes)
      Self.append(row.outcome.rawValue, to: &bytes)
      Self.append(row.code?.rawValue ?? "", to: &bytes)
      Self.append(row.id ?? "", to: &bytes)
    }
    hasher.update(bytes)
  }

  /// Appends a cell, behind its count of bytes.
  private static func append(_ cell: String, to bytes: inout [UInt8]) {
    var cell = cell
    cell.withUTF8 { text in
      withUnsafeBytes(of: UInt64(text.count).bigEndian) { bytes.append(contentsOf: $0) }
      bytes.append(contentsOf: text)
    }
  }

  /// Adds the next row as its cells stand in `rows.csv`.
  package func add(cells record: String, _ reference: String, _ outcome: String, _ code: String, _ id: String) {
    var bytes: [UInt8] = []
    for cell in [record, reference, outcome, code, id] { Self.append(cell, to: &bytes) }
    hasher.update(bytes)
  }

  /// The digest of the rows so far; it starts again without any, and without its first text.
  package func finish() -> SHA256Digest { hasher.finish() }
}
