import BillIntake
import BillModel

/// A file's findings, walked beside its rows.
struct FindingCursor {
  private var reader: FindingReader
  private var ahead: Finding?
  private var aheadRecord = Int.max
  private var isStarted = false

  init(_ check: FileCheck) { reader = check.findings() }

  /// The next finding about a record up to `record`, or about the file; `nil` when those are through.
  mutating func next(upTo record: Int) throws(IntakeError) -> Finding? {
    guard try hasNext(upTo: record), let finding = ahead else { return nil }
    try goOn()
    return finding
  }

  /// Whether there is one: what is asked for each row, and costs no copy of a finding.
  mutating func hasNext(upTo record: Int) throws(IntakeError) -> Bool {
    if !isStarted { try goOn() }
    return aheadRecord <= record && ahead != nil
  }

  private mutating func goOn() throws(IntakeError) {
    isStarted = true
    ahead = try reader.next()
    aheadRecord = ahead?.record ?? .max
  }
}
