package import BillModel

extension Ledger {
  /// Gives every row that the API has accepted to `body`, file run by file run in the order of their records: those that
  /// raised bills, or else those that changed bills. A reference that several rows raised comes once, with the row that
  /// holds it. A row that noted on the bill what was paid of it before has raised it too.
  package func eachAcceptedRow(raising: Bool, _ body: (AcceptedRow) -> Void) throws(LedgerError) {
    let bill = ClaimCode.bill.rawValue
    let wanted =
      raising
      ? "(claim IS NULL OR (claim = \(bill) AND terms LIKE 'raise %'))"
      : "claim = \(bill) AND (terms IS NULL OR terms NOT LIKE 'raise %')"
    let statement = try Statement(
      database,
      """
      SELECT file_run, record, state, reference, bill_id, claim, terms FROM file_row
      WHERE state IN (\(RowCode.created.rawValue), \(RowCode.unchanged.rawValue), \(RowCode.updated.rawValue))
        AND \(wanted) AND (file_run, record) > (?1, ?2)
      ORDER BY file_run, record LIMIT \(Self.page)
      """)
    var last = RowAddress(fileRun: FileRunID(0), record: 0)
    while true {
      statement.bind(1, last.fileRun.value)
      statement.bind(2, last.record)
      var count = 0
      while try statement.step() {
        count += 1
        guard let outcome = RowCode(rawValue: statement.integer(2))?.outcome, let reference = statement.text(3) else {
          throw unreadable("a row")
        }
        let claim = statement.isNull(5) ? .newBill : try claim(code: statement.integer(5))
        last = RowAddress(fileRun: FileRunID(statement.integer(0)), record: Int(statement.integer(1)))
        // A bill that was created is held by the row that created it; one that was there, perhaps by another.
        if raising, outcome != .created, try holder(ofBill: reference) != last { continue }
        body(
          AcceptedRow(
            address: last, outcome: outcome, reference: reference, claim: claim, objectID: statement.text(4),
            terms: statement.text(6).flatMap { RowTerms(text: $0) }))
      }
      if count < Self.page { return }
    }
  }

  /// Gives the bill that each row voids whose end isn't that it is done to `body`, by its reference, and whether it is
  /// certain to be voided: corrections that raised nothing in its place are, rows whose fate isn't known may be.
  package func eachVoidBehindNoEnd(_ body: (String, Bool) -> Void) throws(LedgerError) {
    let statement = try Statement(
      database,
      """
      SELECT state, reference, terms FROM file_row
      WHERE (state IN (\(RowCode.intended.rawValue), \(RowCode.unknown.rawValue)) OR code = ?1)
        AND (terms = 'void' OR terms LIKE '% voids %')
      """)
    statement.bind(1, FindingCode.correctVoidedNotRaised.rawValue)
    while try statement.step() {
      guard let state = RowCode(rawValue: statement.integer(0)), let reference = statement.text(1) else {
        throw unreadable("a row")
      }
      body(statement.text(2).flatMap { RowTerms(text: $0) }?.voids ?? reference, state.outcome != nil)
    }
  }

  /// Every party that is known by an id.
  package func eachParty(_ body: (KnownParty) -> Void) throws(LedgerError) {
    let statement = try Statement(
      database,
      """
      SELECT kind, reference, id, customer FROM party WHERE (kind, reference) > (?1, ?2)
      ORDER BY kind, reference LIMIT \(Self.page)
      """)
    var last: (kind: Int64, reference: String) = (-1, "")
    while true {
      statement.bind(1, last.kind)
      statement.bind(2, last.reference)
      var count = 0
      while try statement.step() {
        count += 1
        guard let kind = PartyKind(code: statement.integer(0)), let reference = statement.text(1),
          let id = statement.text(2)
        else { throw unreadable("a party") }
        last = (kind.code, reference)
        let party = KnownParty(key: PartyKey(kind, reference), id: id, customerReference: statement.text(3))
        if party.hasID { body(party) }
      }
      if count < Self.page { return }
    }
  }

  /// How many rows of a large answer are taken at once: a server's answer lies in memory whole.
  private static let page = 10_000

  /// The row that changed an object last; `nil` where none did.
  package func lastChange(of kind: ObjectKind, _ reference: String) throws(LedgerError) -> RowAddress? {
    let statement = try Statement(
      database, "SELECT file_run, record FROM object_change WHERE kind = ?1 AND reference = ?2")
    statement.bind(1, kind.code)
    statement.bind(2, reference)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    return RowAddress(fileRun: FileRunID(statement.integer(0)), record: Int(statement.integer(1)))
  }

  /// Rows of all file runs whose fate isn't known.
  package func unresolvedRowCount() throws(LedgerError) -> Int {
    Int(
      try database.integer(
        """
        SELECT CAST(coalesce(sum(rows), 0) AS BIGINT) FROM row_count
        WHERE state IN (\(RowCode.intended.rawValue), \(RowCode.unknown.rawValue))
        """))
  }

  private func holder(ofBill reference: String) throws(LedgerError) -> RowAddress? {
    switch try bill(reference) {
    case .claimed(let holder): holder
    case .settled(_, let holder, _): holder
    case nil: nil
    }
  }

  private func claim(code: Int64) throws(LedgerError) -> RowClaim {
    guard let code = ClaimCode(rawValue: code) else { throw unreadable("a row's claim") }
    return code.claim
  }
}
