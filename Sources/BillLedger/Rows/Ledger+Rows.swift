package import BillModel

extension Ledger {
  /// Up to `limit` rows of a file run after `record`, in record order: call again after the last until none come.
  package func rows(of fileRun: FileRunID, after record: Int, limit: Int) throws(LedgerError) -> [LedgerRow] {
    try rows(by: rowStatements.page, of: fileRun, after: record, limit: limit)
  }

  /// Up to `limit` rows of a file run after `record` whose fate isn't known, those given up for now among them.
  package func unresolvedRows(
    of fileRun: FileRunID, after record: Int, limit: Int
  ) throws(LedgerError) -> [LedgerRow] {
    try rows(by: rowStatements.unresolved, of: fileRun, after: record, limit: limit)
  }

  private func rows(
    by statement: Statement, of fileRun: FileRunID, after record: Int, limit: Int
  ) throws(LedgerError) -> [LedgerRow] {
    statement.bind(1, fileRun.value)
    statement.bind(2, record)
    statement.bind(3, limit)
    defer { statement.reset() }
    var rows: [LedgerRow] = []
    rows.reserveCapacity(min(limit, 4096))
    while try statement.step() { rows.append(try row(in: statement)) }
    return rows
  }

  /// One row; `nil` where the ledger doesn't know it.
  package func row(_ address: RowAddress) throws(LedgerError) -> LedgerRow? {
    let statement = rowStatements.find
    statement.bind(1, address.fileRun.value)
    statement.bind(2, address.record)
    defer { statement.reset() }
    return try statement.step() ? try row(in: statement) : nil
  }

  /// Whether a row of a file run has ended with this code.
  package func hasRow(of fileRun: FileRunID, with code: FindingCode) throws(LedgerError) -> Bool {
    let statement = try Statement(
      database, "SELECT EXISTS (SELECT 1 FROM file_row WHERE file_run = ?1 AND code = ?2)")
    statement.bind(1, fileRun.value)
    statement.bind(2, code.rawValue)
    return try statement.step() && statement.integer(0) == 1
  }

  /// How many rows of a file run stand where.
  package func counts(of fileRun: FileRunID) throws(LedgerError) -> RowCounts {
    let statement = rowStatements.counts
    statement.bind(1, fileRun.value)
    var counts = RowCounts()
    while try statement.step() {
      guard let code = RowCode(rawValue: statement.integer(0)) else { throw unreadable("a row's state") }
      let rows = Int(statement.integer(1))
      switch code {
      case .intended: counts.intended = rows
      case .unknown: counts.unknown = rows
      case .unsent: counts.unsent = rows
      case .created, .unchanged, .updated, .rejected, .refused, .conflict, .notSent, .skipped:
        if let outcome = code.outcome, rows != 0 { counts.settled[outcome] = rows }
      }
    }
    return counts
  }

  /// The row that the statement stands on, by the columns of `RowStatements`.
  func row(in statement: Statement) throws(LedgerError) -> LedgerRow {
    guard let code = RowCode(rawValue: statement.integer(1)) else { throw unreadable("a row's state") }
    let record = Int(statement.integer(0))
    switch code {
    case .intended, .unknown:
      return LedgerRow(record: record, state: .intended(try intent(in: statement), unknown: code == .unknown))
    case .unsent:
      let state = RowState.unsent(nextEpoch: Int(statement.integer(2)), attempts: Int(statement.integer(3)))
      return LedgerRow(record: record, state: state)
    case .created, .unchanged, .updated, .rejected, .refused, .conflict, .notSent, .skipped:
      return LedgerRow(record: record, state: .settled(try settlement(in: statement, code)))
    }
  }

  private func intent(in statement: Statement) throws(LedgerError) -> RowIntent {
    guard let reference = statement.text(4), let form = FormCode(rawValue: statement.integer(5)),
      let body = statement.digest(7)
    else { throw unreadable("a row's intent") }
    return RowIntent(
      record: Int(statement.integer(0)), reference: reference, claim: try claim(in: statement),
      epoch: Int(statement.integer(2)), form: form.form(id: statement.text(6) ?? ""), bodyDigest: body,
      serializerVersion: Int(statement.integer(8)),
      firstSentAt: WallTime(milliseconds: statement.integer(9)), attempts: Int(statement.integer(3)),
      doubt: doubt(in: statement), isAnswered: !statement.isNull(17),
      content: statement.isNull(18) ? nil : statement.integer(18), successor: statement.text(20),
      raised: statement.text(21).flatMap(RowOutcome.init), terms: statement.text(22).flatMap { RowTerms(text: $0) })
  }

  private func claim(in statement: Statement) throws(LedgerError) -> RowClaim {
    if statement.isNull(19) { return .newBill }
    guard let code = ClaimCode(rawValue: statement.integer(19)) else { throw unreadable("a row's claim") }
    return code.claim
  }

  private func doubt(in statement: Statement) -> SendDoubt? {
    statement.isNull(15)
      ? nil
      : SendDoubt(
        since: WallTime(milliseconds: statement.integer(15)),
        sinceByServer: statement.isNull(16) ? nil : WallTime(milliseconds: statement.integer(16)))
  }

  private func settlement(in statement: Statement, _ code: RowCode) throws(LedgerError) -> RowSettlement {
    guard let reference = statement.text(4), let outcome = code.outcome,
      let confirmedBy = statement.text(11).flatMap(RowSettlement.Confirmation.init)
    else { throw unreadable("a row's settlement") }
    return RowSettlement(
      record: Int(statement.integer(0)), reference: reference, claim: try claim(in: statement), outcome: outcome,
      code: statement.text(12).flatMap(FindingCode.init), field: statement.text(13), message: statement.text(14),
      billID: statement.text(10), epoch: Int(statement.integer(2)), attempts: Int(statement.integer(3)),
      confirmedBy: confirmedBy)
  }

  /// A value that no version of ours has written.
  func unreadable(_ what: String) -> LedgerError { .corrupted(path: path, detail: "\(what) can't be read") }
}
