package import BillIntake
import BillLayouts
package import BillLedger
import BillModel
import BillReports
import Hashing
package import SubmitPass

/// One walk over a checked file and what the ledger holds of it: counts every row and cent, and writes them.
///
/// A file that is no longer what was checked is walked as far as it is; of the rows after that what the ledger and the
/// findings hold is told, without lines, raw bytes and amounts.
package struct ReportPass: ~Copyable {
  private let check: FileCheck
  private let report: FileReport?
  private let ahead: PortionsAhead<ReportPortion, IntakeError>
  private let ledger: LedgerTurns
  private let fileRun: FileRunID
  private var states: RowStates
  private var findings: FindingCursor
  private var differences: PartyDifferenceReader
  private(set) var accounting: Accounting
  /// The rows that it hasn't counted yet.
  private var alike = AlikeRows()
  /// What the rows ask for, by currency. A file has a few of them, so that looking along the list is faster than any table.
  private var histograms: [(currency: CurrencyCode, amounts: AmountHistogram)] = []
  /// Findings that the API's answers make, by code.
  private(set) var answerFindings: [FindingCount.Kind: FindingCount] = [:]
  /// A few of them, for people.
  private(set) var answerExamples: [Finding] = []
  /// What is to be mended.
  private(set) var rowsToMend = RowsToMend()
  /// What has come of what earlier files had to mend.
  var coming = RowsThatCame()
  /// Asked now and then; where it says so, the walk ends, and its report with it.
  var isInterrupted: () -> Bool = { false }
  /// The first record that couldn't be read again, and the byte before which the file has changed; `nil` where it hasn't.
  private(set) var change: (record: Int, byteOffset: Int64)?
  /// The digest of all rows; of none before `run`.
  private(set) var rowsDigest = RowsDigest().finish()
  private let digest = RowsDigest()
  private var lastRecord = 0

  /// Whether its rows may ask for different things.
  private let countsOperations: Bool

  /// - Parameters:
  ///   - foresight: What a plan foresees of the rows.
  ///   - report: `nil` counts only.
  package init(
    intake: Intake, check: FileCheck, ledger: Ledger, fileRun: FileRunID, foresight: Foresight? = nil,
    report: FileReport?
  ) {
    self.check = check
    self.report = report
    self.ledger = LedgerTurns(ledger)
    self.fileRun = fileRun
    countsOperations = check.order.operation == .mixed || check.layout.rules.negativeBills == .balance
    ahead = intake.rowsAhead(check) { ReportPortion($0) }
    states = RowStates(
      self.ledger, fileRun, foresight: foresight, isLong: intake.options.threads > 1 && check.recordsRead > 2000)
    differences = PartyDifferenceReader(self.ledger, fileRun)
    findings = FindingCursor(check)
    accounting = check.emptyAccounting
  }

  /// What the rows ask for, by currency.
  var amounts: [CurrencyCode: AmountHistogram] {
    Dictionary(uniqueKeysWithValues: histograms.map { ($0.currency, $0.amounts) })
  }

  /// Walks the file; afterwards `accounting` holds what became of each row, and nobody else reads from the ledger.
  package mutating func run() throws(RunFault) {
    defer { states.end() }
    while var portion = try nextPortion() {
      if isInterrupted() { throw .interrupted }
      for index in portion.rows.indices { try tell(&portion.rows[index], at: index, in: portion.source) }
      digest.add(portion.rows)
      try report?.add(portion.rows)
    }
    countAlike()
    if change != nil { try tellTheRest() }
    try writeFindings(upTo: .max)
    rowsDigest = digest.finish()
  }

  /// Counts a row and tells what became of it.
  private mutating func tell(
    _ row: inout ReportRow, at index: Int, in source: ReportPortion.Source
  ) throws(RunFault) {
    do throws(LedgerError) { try states.tell(&row) } catch { throw .ledger(error) }
    count(row)
    try writeFindings(upTo: row.record)
    if row.code != nil { try writeAnswerFinding(row) }
    if try hasDifferences(row.record) { try writePartyFindings(&row, isOnAccount: source.isOnAccount(at: index)) }
    if row.outcome == .rejected || row.outcome == .refused { try addToMend(row, at: index, in: source) }
    coming.note(row)
    lastRecord = row.record
  }

  private mutating func count(_ row: ReportRow) {
    if countsOperations, let kind = row.operation {
      accounting.count(kind, row.outcome, amount: row.amount, currency: row.currency)
    }
    if let amount = row.amount, let currency = row.currency { add(amount, currency) }
    if alike.take(row) { return }
    countAlike()
    alike = AlikeRows(row)
  }

  private mutating func add(_ amount: Int64, _ currency: CurrencyCode) {
    let place = histograms.firstIndex { $0.currency == currency } ?? histograms.count
    if place == histograms.count { histograms.append((currency, AmountHistogram())) }
    histograms[place].amounts.add(amount)
  }

  private mutating func countAlike() {
    alike.count(in: &accounting)
    alike = AlikeRows()
  }

  /// The next rows; `nil` at the end, and where the file has changed.
  private mutating func nextPortion() throws(RunFault) -> ReportPortion? {
    do throws(IntakeError) { return try ahead.next() } catch {
      guard case .changed(_, let offset) = error else { throw .intake(error) }
      change = (lastRecord + 1, offset)
      return nil
    }
  }

  /// The rows that can't be read again. The money is that of the rows before them.
  private mutating func tellTheRest() throws(RunFault) {
    accounting.moneyRead = accounting.money.mapValues { $0.values.reduce(0, +) }
    var states = ledger.rowReader(fileRun)
    for record in stride(from: lastRecord + 1, through: check.recordsRead, by: 1) {
      let state: RowState?
      do throws(LedgerError) {
        state = try ledger.take { _ throws(LedgerError) in try states.state(of: record) }
      } catch { throw .ledger(error) }
      var row = ReportRow(record: record, state: state, rejection: try writeFindings(upTo: record))
      accounting.count(row.outcome, amount: nil, currency: nil)
      try writeAnswerFinding(row)
      try writePartyFindings(&row, isOnAccount: true)
      digest.add([row])
      try report?.add([row])
    }
  }

  /// Adds a row that is to be mended, as it came.
  private mutating func addToMend(
    _ row: ReportRow, at index: Int, in source: ReportPortion.Source
  ) throws(RunFault) {
    rowsToMend.note(row)
    guard let report, let code = row.code else { return }
    do throws(RunFault) {
      try report.addRejected(
        source.texts.raw(at: index),
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
    if answerFindings.count(finding) <= FindingGroup.shownOnPage { answerExamples.append(finding) }
    try report?.add(finding)
  }
}
