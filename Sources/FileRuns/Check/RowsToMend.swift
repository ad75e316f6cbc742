import BillModel
import BillReports

/// The rows of a file that somebody is to mend, as its report lists them, by their references.
struct RowsToMend {
  /// References at most: a file with more of them is known by its name alone.
  static let most = 100_000

  /// How many rows, by reference; those without one by the empty text.
  private(set) var rows: [String: Int] = [:]
  private var isTooMany = false

  /// Takes in a row of the report.
  mutating func note(_ row: ReportRow) {
    guard row.outcome == .rejected || row.outcome == .refused, !isTooMany else { return }
    rows[row.reference, default: 0] += 1
    guard rows.count > Self.most else { return }
    isTooMany = true
    rows = [:]
  }

  init() {}

  /// - Parameter rows: What the ledger kept.
  init(_ rows: [String: Int]) { self.rows = rows }

  /// Takes a row that came again, mended; `false` where it is none of these. One of another reference may be one that had
  /// none.
  mutating func take(_ reference: String) -> Bool {
    for key in [reference, ""] {
      if let count = rows[key], count > 0 {
        rows[key] = count - 1
        return true
      }
    }
    return false
  }
}
