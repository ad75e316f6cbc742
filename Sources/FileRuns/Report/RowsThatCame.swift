import BillModel
import BillReports

/// Rows of a file that stand for rows which earlier files had to mend.
struct RowsThatCame {
  /// The references of rows that earlier files had to mend.
  private let wanted: Set<String>
  private let countsOthers: Bool
  /// How many rows have each of them, whatever became of these, and which of them were accepted.
  private var rows: [String: Int] = [:]
  private var accepted: Set<String> = []
  /// How many rows have another reference, or none, and how many of those are about what was there before the file.
  private var (others, known) = (0, 0)

  init() { self.init(wanted: [], countsOthers: false) }

  /// - Parameter countsOthers: The file holds mended rows: a row with another reference may be one that had none.
  init(wanted: Set<String>, countsOthers: Bool) {
    self.wanted = wanted
    self.countsOthers = countsOthers
  }

  /// Takes in a row of the report.
  mutating func note(_ row: ReportRow) {
    guard !wanted.isEmpty || countsOthers else { return }
    guard wanted.contains(row.reference) else {
      others += 1
      if row.outcome == .unchanged { known += 1 }
      return
    }
    if countsOthers { rows[row.reference, default: 0] += 1 }
    switch row.outcome {
    case .created, .unchanged, .updated: accepted.insert(row.reference)
    case .rejected, .refused, .conflict, .skipped, .unknown, .notSent: break
    }
  }

  /// Those of an earlier file's rows whose object this file has a row about that was accepted.
  func accepted(of earlier: [String: Int]) -> [String: Int] {
    earlier.filter { !$0.key.isEmpty && accepted.contains($0.key) }
  }

  /// Those of an earlier file's rows that this one, which holds mended rows of it, has again. What is wrong with them still
  /// is told of this file.
  func mended(of earlier: [String: Int]) -> [String: Int] {
    var come = earlier.filter { !$0.key.isEmpty && rows[$0.key] != nil }
    // A bill that was there before this file isn't of a row that had no reference to raise it by.
    let left = min(earlier[""] ?? 0, others(of: earlier) - known)
    if left > 0 { come[""] = left }
    return come
  }

  /// Whether each row of this file is one of an earlier file's, or may be one that had no reference.
  func areAll(of earlier: [String: Int]) -> Bool {
    let repeated = rows.reduce(0) { sum, row in
      guard !row.key.isEmpty, let count = earlier[row.key] else { return sum }
      return sum + max(0, row.value - count)
    }
    return repeated + others(of: earlier) <= earlier[""] ?? 0
  }

  private func others(of earlier: [String: Int]) -> Int {
    others + rows.reduce(0) { $0 + (earlier[$1.key] == nil || $1.key.isEmpty ? $1.value : 0) }
  }
}
