package import BillModel

/// What a report tells of a row that the ledger knows.
package struct RowFate: Hashable, Sendable {
  /// How far the row has come.
  package enum Stage: Hashable, Sendable {
    /// Its request was sent, and what became of it isn't known.
    case intended
    /// It certainly had no effect, and is to be sent again.
    case unsent
    /// It is through.
    case settled(RowOutcome)
  }

  /// Record number in its file, from 1.
  package var record: Int
  package var stage: Stage
  /// Requests sent for this row, GETs not counted.
  package var attempts: Int
  /// Of a settled row: why, where the outcome needs a reason.
  package var code: FindingCode?
  package var field: String?
  /// The same in words; of a row that isn't known yet why that is so, where people can do something about it.
  package var message: String?
  /// Of a settled row: the object's id at the API.
  package var id: String?

  package init(record: Int, stage: Stage, attempts: Int) {
    self.record = record
    self.stage = stage
    self.attempts = attempts
  }

  /// That of a row whose whole state is known.
  package init(record: Int, _ state: RowState) {
    switch state {
    case .intended(let intent, _): self.init(record: record, stage: .intended, attempts: intent.attempts)
    case .unsent(_, let attempts): self.init(record: record, stage: .unsent, attempts: attempts)
    case .settled(let settlement):
      self.init(record: record, stage: .settled(settlement.outcome), attempts: settlement.attempts)
      (code, field, message, id) = (settlement.code, settlement.field, settlement.message, settlement.billID)
    }
  }
}

extension Ledger {
  /// Why rows of a file run aren't known yet, where people can do something about it: of how many that is kept, and the last
  /// of the reasons; `nil` where it is of none.
  package func unknownReason(of fileRun: FileRunID) throws(LedgerError) -> (rows: Int, words: String)? {
    let statement = try Statement(
      database,
      "SELECT COUNT(message), MAX(message) FROM file_row WHERE file_run = ?1 AND state IN (0, 1)")
    defer { statement.reset() }
    statement.bind(1, fileRun.value)
    guard try statement.step(), let words = statement.text(1) else { return nil }
    return (Int(statement.integer(0)), words)
  }

  /// Up to `limit` rows of a file run after `record`, in record order, as a report tells them: call again after the last
  /// until none come.
  package func fates(of fileRun: FileRunID, after record: Int, limit: Int) throws(LedgerError) -> [RowFate] {
    let statement = rowStatements.fates
    statement.bind(1, fileRun.value)
    statement.bind(2, record)
    statement.bind(3, limit)
    defer { statement.reset() }
    var fates: [RowFate] = []
    fates.reserveCapacity(min(limit, 4096))
    while try statement.step() { fates.append(try fate(in: statement)) }
    return fates
  }

  private func fate(in statement: Statement) throws(LedgerError) -> RowFate {
    guard let code = RowCode(rawValue: statement.integer(1)) else { throw unreadable("a row's state") }
    var fate = RowFate(record: Int(statement.integer(0)), stage: .unsent, attempts: Int(statement.integer(2)))
    guard let outcome = code.outcome else {
      if code != .unsent { (fate.stage, fate.message) = (.intended, statement.text(6)) }
      return fate
    }
    fate.stage = .settled(outcome)
    fate.id = statement.text(3)
    fate.code = statement.text(4).flatMap(FindingCode.init)
    fate.field = statement.text(5)
    fate.message = statement.text(6)
    return fate
  }
}
