package import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Hashing
import SubmitPass

/// One walk over a checked file and what the ledger holds of it: counts every row and cent, and writes them.
///
/// A file that is no longer what was checked is walked as far as it is; of the rows after that what the ledger and the
/// findings hold is told, without lines, raw bytes and amounts.
package struct ReportPass: ~Copyable {
  private let check: FileCheck
  private let report: FileReport?
  private let ahead: RowsAhead
  private var findings: FindingCursor
  private var differences: PartyDifferenceReader
  private(set) var accounting: Accounting
  /// The rows that it hasn't counted yet.
  private var alike = AlikeRows()
  /// What the rows ask for, by currency.
  private(set) var amounts: [CurrencyCode: AmountHistogram] = [:]
  /// Findings that the API's answers make, by code.
  private(set) var answerFindings: [FindingCode: FindingCount] = [:]
  /// A few of them, for people.
  private(set) var answerExamples: [Finding] = []
  /// What is to be mended.
  private(set) var rowsToMend = RowsToMend()
  /// What has come of what earlier files had to mend.
  var coming = RowsThatCame()
  /// The first record that couldn't be read again, and the byte before which the file has changed; `nil` where it hasn't.
  private(set) var change: (record: Int, byteOffset: Int64)?
  /// The digest of all rows; of none before `run`.
  private(set) var rowsDigest = RowsDigest().finish()
  private let digest = RowsDigest()
  private var lastRecord = 0

  /// Whether its rows may ask for different things.
  private let countsOperations: Bool

  /// - Parameter report: `nil` counts only.
  package init(intake: Intake, check: FileCheck, differences: PartyDifferenceReader, report: FileReport?) {
    self.check = check
    self.differences = differences
    self.report = report
    countsOperations = check.order.operation == .mixed || check.layout.rules.negativeBills == .balance
    ahead = intake.rowsAhead(check)
    findings = FindingCursor(check)
    accounting = check.emptyAccounting
  }

  /// Walks the file; afterwards `accounting` holds what became of each row.
  package mutating func run(rows states: inout RowStates) throws(RunFault) {
    while let portion = try nextPortion(), !portion.rows.isEmpty {
      for index in portion.rows.indices { try tell(portion, index, &states) }
    }
    countAlike()
    if change != nil { try tellTheRest(&states) }
    try writeFindings(upTo: .max)
    rowsDigest = digest.finish()
  }

  /// Counts and writes a row of a portion. The portion is handed on as it is: a closure over it would copy it for each row.
  private mutating func tell(_ portion: RowPortion, _ index: Int, _ states: inout RowStates) throws(RunFault) {
    let row = portion.rows[index]
    let state: RowState?
    do throws(LedgerError) { state = try states.state(of: row.record) } catch { throw .ledger(error) }
    var reported = ReportRow(row, state: state)
    reported.foreseenBy = states.basis(of: row.record)?.rawValue
    reported.attempts = states.requests(of: row.record) ?? reported.attempts
    reported.operation = row.kind
    count(reported)
    try writeFindings(upTo: reported.record)
    try writeAnswerFinding(reported)
    if try hasDifferences(reported.record) { try writePartyFindings(&reported, isOnAccount: row.isOnAccount) }
    digest.add(reported)
    rowsToMend.note(reported)
    coming.note(reported)
    try write(reported, portion, index)
    lastRecord = reported.record
  }

  private mutating func count(_ row: ReportRow) {
    if countsOperations, let kind = row.operation {
      accounting.count(kind, row.outcome, amount: row.amount, currency: row.currency)
    }
    if let amount = row.amount, let currency = row.currency {
      amounts[currency, default: AmountHistogram()].add(amount)
    }
    if alike.take(row) { return }
    countAlike()
    alike = AlikeRows(row)
  }

  private mutating func countAlike() {
    alike.count(in: &accounting)
    alike = AlikeRows()
  }

  /// The next rows; `nil` where the file has changed.
  private mutating func nextPortion() throws(RunFault) -> RowPortion? {
    do throws(IntakeError) { return try ahead.next() } catch {
      guard case .changed(_, let offset) = error else { throw .intake(error) }
      change = (lastRecord + 1, offset)
      return nil
    }
  }

  /// The rows that can't be read again. The money is that of the rows before them.
  private mutating func tellTheRest(_ states: inout RowStates) throws(RunFault) {
    accounting.moneyRead = accounting.money.mapValues { $0.values.reduce(0, +) }
    for record in stride(from: lastRecord + 1, through: check.recordsRead, by: 1) {
      let state: RowState?
      do throws(LedgerError) { state = try states.state(of: record) } catch { throw .ledger(error) }
      var reported = ReportRow(record: record, state: state, rejection: try writeFindings(upTo: record))
      accounting.count(reported.outcome, amount: nil, currency: nil)
      try writeAnswerFinding(reported)
      try writePartyFindings(&reported, isOnAccount: true)
      digest.add(reported)
      try report?.add(reported)
    }
  }

  /// Mutating, though it changes nothing: what only reads the pass is handed a copy of it.
  private mutating func write(_ row: ReportRow, _ portion: RowPortion, _ index: Int) throws(RunFault) {
    guard let report else { return }
    try report.add(row)
    guard row.outcome == .rejected || row.outcome == .refused, let code = row.code else { return }
    do throws(RunFault) {
      try report.addRejected(
        portion.raw(at: index),
        RejectedReason(
          record: row.record, line: row.line, code: code, column: row.field, message: row.message ?? ""))
    } catch {
      // The record above it is no longer there to be written; that the file has changed is told of the rows after it.
      guard case .intake(.changed) = error else { throw error }
    }
  }

  /// Writes the findings up to a record; the first error of that record, if there is one.
  @discardableResult
  private mutating func writeFindings(upTo record: Int) throws(RunFault) -> Finding? {
    guard report != nil || change != nil, try hasFindings(upTo: record) else { return nil }
    var rejection: Finding?
    while true {
      let next: Finding?
      do throws(IntakeError) { next = try findings.next(upTo: record) } catch { throw .intake(error) }
      guard let next else { return rejection }
      if rejection == nil, next.record == record, next.severity == .error { rejection = next }
      try report?.add(next)
    }
  }

  private mutating func hasFindings(upTo record: Int) throws(RunFault) -> Bool {
    do throws(IntakeError) { return try findings.hasNext(upTo: record) } catch { throw .intake(error) }
  }

  private mutating func hasDifferences(_ record: Int) throws(RunFault) -> Bool {
    do throws(LedgerError) { return try differences.hasNext(of: record) } catch { throw .ledger(error) }
  }

  /// A row that the API said no to, or that is in doubt, is a finding too.
  private mutating func writeAnswerFinding(_ row: ReportRow) throws(RunFault) {
    guard row.code != nil else { return }
    if let finding = row.answerFinding(check.order.operation) { try write(finding) }
  }

  /// What the row showed to differ of its parties. The first of it stands in the row's own line, where nothing graver
  /// does.
  private mutating func writePartyFindings(_ row: inout ReportRow, isOnAccount: Bool) throws(RunFault) {
    while true {
      let next: PartyDifference?
      do throws(LedgerError) { next = try differences.next(of: row.record) } catch { throw .ledger(error) }
      guard let finding = next?.finding(at: row, isOnAccount: isOnAccount) else { return }
      try write(finding)
      if row.code == nil, row.message == nil {
        (row.code, row.field, row.message) = (finding.code, finding.column, finding.message)
      }
    }
  }

  private mutating func write(_ finding: Finding) throws(RunFault) {
    var count =
      answerFindings[finding.code]
      ?? FindingCount(code: finding.code, severity: finding.severity, count: 0, firstRecord: finding.record)
    count.count += 1
    answerFindings[finding.code] = count
    if count.count <= FindingGroup.shownOnPage { answerExamples.append(finding) }
    try report?.add(finding)
  }
}

extension IntakeRow {
  /// What it asks for; `nil` where it doesn't say.
  fileprivate var kind: OperationKind? {
    switch self {
    case .operation(_, _, let operation): operation.kind
    case .rejected(let row): row.kind
    }
  }

  /// Whether its bill hangs on an account that it describes.
  fileprivate var isOnAccount: Bool {
    guard case .operation(_, _, let operation) = self, let bill = operation.bill, case .account = bill.party else {
      return false
    }
    return true
  }
}
