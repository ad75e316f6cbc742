import BillModel

/// What has been decided so far: which rows are rejected, by which rules, with what money.
struct Verdicts {
  private(set) var spool: FindingSpool
  private(set) var counts = FindingCounter()
  private(set) var money = MoneyTally()
  /// What is wrong with the file as a whole.
  private(set) var fileFindings: [Finding] = []
  /// Rows that break a rule of their own.
  private(set) var invalidRows = RecordSet()
  /// Rows that a rule across rows rejects, among them rows that are invalid anyway.
  private(set) var rejectedByFile = RecordSet()
  /// The row that ends with the file, and has too few fields: its finding says that the file may be cut.
  private var cutRow: UInt32?
  /// How many rows are rejected in all.
  private(set) var rejectedCount = 0

  init(temporaryFolder: String) { spool = FindingSpool(folder: temporaryFolder) }

  /// Rejects the file as a whole.
  mutating func rejectFile(_ findings: [Finding]) {
    fileFindings += findings
    for finding in findings { counts.add(finding.code, finding.severity, record: 0) }
  }

  /// Notes what the row rules say of the next rows.
  ///
  /// - Parameter first: The record of the first of them.
  mutating func note(_ results: RowResults, from first: Int) throws(IntakeError) {
    for index in results.invalid { invalidRows.insert(UInt32(first + index)) }
    rejectedCount += results.invalid.count
    money.add(results.money)
    for draft in results.drafts { try note(draft) }
  }

  /// Notes a finding of the row rules.
  private mutating func note(_ draft: FindingDraft) throws(IntakeError) {
    if case .fieldCount(_, ending: .open) = draft.cause { cutRow = draft.record }
    counts.add(draft.code, draft.severity, record: Int(draft.record))
    try spool.append(draft)
  }

  /// Rejects a row by a rule across rows.
  mutating func reject(_ draft: FindingDraft, money read: ReadMoney?) throws(IntakeError) {
    counts.add(draft.code, draft.severity, record: Int(draft.record))
    try spool.appendFileRule(draft, rank: 0)
    guard rejectedByFile.insert(draft.record), !invalidRows.contains(draft.record) else { return }
    rejectedCount += 1
    if let read { money.reject(read) }
  }

  /// Tells something of a row that doesn't reject it.
  mutating func warn(_ draft: FindingDraft) throws(IntakeError) {
    counts.add(draft.code, draft.severity, record: Int(draft.record))
    try spool.appendFileRule(draft, rank: 1)
  }

  /// Tells that the last row has no line end, where nothing has said so.
  mutating func warnOfOpenRow(_ record: UInt32, line: Int) throws(IntakeError) {
    if cutRow == record { return }
    try warn(
      FindingDraft(code: .recordNoLineEnd, severity: .warning, record: record, line: line, cause: .noLineEnd))
  }

  /// Whether a row stands so far.
  func stands(_ record: UInt32) -> Bool { !invalidRows.contains(record) && !rejectedByFile.contains(record) }

  /// The first row from `record` on that doesn't stand.
  func firstRejected(from record: UInt32) -> UInt32? { invalidRows.first(from: record, or: rejectedByFile) }

  /// Makes the findings ready to be read.
  mutating func finish() throws(IntakeError) { try spool.finish() }
}
