package import BillLedger
import BillModel
package import Hashing

/// The ranges of a file's rows that this process sends, where several processes send the file together.
///
/// A range is begun when the rows before it were read, and ended when no row of it is left: several may be open at a time,
/// so that nothing waits at their borders.
package final class FileShare {
  struct Range {
    var range: RowRange
    /// Whether all its rows were read.
    var isRead = false
  }

  let run: FileRunID
  let work: Work
  private let file: SHA256Digest
  private let ledger: Ledger
  private(set) var ranges: [Range] = []
  /// The range whose open rows are being taken up.
  private(set) var resuming: RowRange?
  /// Whether nothing is left of the file, for anybody.
  private(set) var isOver = false
  /// Whether nothing is begun that nobody has begun before: rows wait for what others have left.
  var onlyTakesOver = false

  /// Takes a share in a file.
  package init(_ ledger: Ledger, _ run: FileRunID, _ file: SHA256Digest) throws(LedgerError) {
    (self.ledger, self.run, self.file) = (ledger, run, file)
    work = ledger.newShare(in: file)
    try ledger.take(work)
  }

  /// The next range to read; `nil` where none is free now.
  func next() throws(LedgerError) -> RowRange? {
    guard let range = try ledger.takeRange(of: run, for: work, onlyBegun: onlyTakesOver) else { return nil }
    ranges.append(Range(range: range))
    resuming = range.isTakenOver ? range : nil
    return range
  }

  /// The open rows of the range that was begun last were taken up.
  func hasResumed() { resuming = nil }

  /// All rows of the range that was begun last were read.
  func hasRead() {
    guard let last = ranges.indices.last else { return }
    ranges[last].isRead = true
  }

  /// Ends the ranges that were read and of which no row is left, by what `isOpen` says of their records.
  func endRanges(_ isOpen: (ClosedRange<Int>) -> Bool) throws(LedgerError) {
    for range in ranges where range.isRead && !isOpen(range.range.records) {
      try ledger.end(range.range, of: run, for: work)
      ranges.removeAll { $0.range == range.range }
    }
  }

  /// Frees what processes had that give no sign of life, and looks what is left.
  func look() throws(LedgerError) {
    try ledger.freeDeadRanges(of: run, file)
    isOver = try ledger.rangesLeft(of: run) == 0
  }

  /// Gives back what it has, as it is.
  package func leave() throws(LedgerError) {
    ranges = []
    try ledger.leaveRanges(of: run, for: work)
  }
}
