import BillIntake
import BillModel

/// All that a check found of a file.
struct CheckedFile: Equatable {
  /// About the file as a whole; where there is one, nothing else but the next list.
  private var fileFindings: [Finding] = []
  private var findings: [Finding] = []
  private var counts: [FindingCount] = []
  /// Of a file that isn't rejected as a whole, which is read to its end.
  private var rows: [IntakeRow] = []
  private var valid = 0
  private var money = MoneyTally()

  /// Whether it is no text, or not in the encoding that it should be in, or damaged.
  var isUnread: Bool { fileFindings.contains { [.fileBinary, .fileEncoding, .fileDamaged].contains($0.code) } }

  /// `nil` where the file can't be read.
  ///
  /// - Precondition: Rows and money add up.
  init?(_ intake: Intake, _ input: IntakeInput) {
    guard let check = try? intake.check(input, temporaryFolder: "/tmp") else { return nil }
    var reader = check.findings()
    while let finding = try? reader.next() {
      if finding.record == 0 { fileFindings.append(finding) } else { findings.append(finding) }
    }
    guard check.fileFindings.isEmpty else { return }
    counts = check.findingCounts
    valid = check.valid
    money = check.money
    var cursor = intake.rows(check)
    while let next = try? cursor.next(limit: 64), !next.isEmpty { rows += next }
    precondition(rows.count == check.recordsRead, "\(rows.count) rows of \(check.recordsRead)")
    addUp(intake.rejectedRows(check))
  }

  /// Whether a check in smaller blocks found the same: of a file that is rejected as a whole, as far as it was read.
  func agrees(withSmaller other: CheckedFile) -> Bool {
    if fileFindings.isEmpty || other.fileFindings.isEmpty { return self == other }
    return fileFindings.starts(with: other.fileFindings) && findings.starts(with: other.findings)
  }

  /// Holds the rows against the counts and sums.
  private func addUp(_ rejectedRows: consuming RejectedCursor) {
    var again = rejectedRows
    var rejected: [Int] = []
    var sums = MoneyTally()
    for case .rejected(let row) in rows {
      rejected.append(row.record)
      if let money = row.money { sums.add(money, isValid: false) }
      precondition(!row.findings.isEmpty, "row \(row.record) is rejected and nothing is wrong with it")
    }
    precondition(rows.count - rejected.count == valid, "\(rows.count - rejected.count) rows stand, not \(valid)")
    for currency in money.currencies {
      precondition(sums[currency].rejected == money[currency].rejected, "other money in the rejected rows")
      precondition(money[currency].read == money[currency].valid + money[currency].rejected, "money is missing")
    }
    var records: [Int] = []
    while let next = try? again.next(limit: 64), !next.isEmpty { records += next.map(\.record) }
    precondition(records == rejected, "other rows to mend than were rejected")
  }
}
