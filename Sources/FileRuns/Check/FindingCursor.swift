import BillIntake
import BillModel

/// A file's findings, walked beside its rows.
struct FindingCursor {
  private var reader: FindingReader
  private var ahead: Finding?
  private var isStarted = false

  init(_ check: FileCheck) { reader = check.findings() }

  /// The next finding about a record up to `record`, or about the file; `nil` when those are through.
  mutating func next(upTo record: Int) throws(IntakeError) -> Finding? {
    if !isStarted {
      ahead = try reader.next()
      isStarted = true
    }
    guard let finding = ahead, finding.record <= record else { return nil }
    ahead = try reader.next()
    return finding
  }
}
