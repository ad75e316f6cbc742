import BillModel
import BillReports

/// The rows of a file that somebody is to mend, as its report lists them, by their references.
struct RowsToMend {
  /// References at most: a file with more of them is known by its name alone.
  static let most = 100_000

  /// How many rows, by reference; those without one by the empty text. Of too many references there are none.
  private(set) var rows: [String: Int] = [:]
  /// How many of them repeat a row of the file that stands: about these, nothing is left to do.
  private(set) var repeats: [String: Int] = [:]
  private var isTooMany = false
  /// How many there are of each, however many references they have.
  private var (all, allRepeats) = (0, 0)

  /// Takes in a row of the report.
  mutating func note(_ row: ReportRow) {
    guard row.outcome == .rejected || row.outcome == .refused else { return }
    all += 1
    if row.code == .fileDuplicateRow { allRepeats += 1 }
    if !isTooMany {
      rows[row.reference, default: 0] += 1
      if row.code == .fileDuplicateRow { repeats[row.reference, default: 0] += 1 }
      isTooMany = rows.count > Self.most
    }
    guard isTooMany else { return }
    // Where all of them are repeats, that is known without their references.
    rows = all == allRepeats ? ["": all] : [:]
    repeats = rows
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
