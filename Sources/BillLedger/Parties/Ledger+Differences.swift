package import BillModel

extension Ledger {
  /// What is known to differ of a party in a file run; `nil` where nothing is.
  package func difference(of party: PartyKey, in fileRun: FileRunID) throws(LedgerError) -> PartyDifference? {
    let statement = differenceStatements.find
    statement.bind(1, fileRun.value)
    statement.bind(2, party.kind.code)
    statement.bind(3, party.reference)
    defer { statement.reset() }
    return try statement.step() ? try difference(in: statement) : nil
  }

  /// Up to `limit` differences of a file run after one of them (`nil`: from the first), by record, then customers
  /// before accounts: call again after the last until none come.
  package func differences(
    of fileRun: FileRunID, after last: PartyDifference?, limit: Int
  ) throws(LedgerError) -> [PartyDifference] {
    let statement = differenceStatements.page
    statement.bind(1, fileRun.value)
    statement.bind(2, last?.record ?? 0)
    statement.bind(3, last?.party.kind.code ?? -1)
    statement.bind(4, limit)
    return try differences(by: statement)
  }

  /// The changes of parties whose fate isn't known, of a file run, by record.
  package func openChanges(of fileRun: FileRunID) throws(LedgerError) -> [PartyDifference] {
    let statement = differenceStatements.open
    statement.bind(1, fileRun.value)
    return try differences(by: statement)
  }

  /// The change of a party that has no known fate; `nil` where there is none.
  package func openChange(of party: PartyKey) throws(LedgerError) -> OpenChange? {
    let statement = differenceStatements.change
    statement.bind(1, party.kind.code)
    statement.bind(2, party.reference)
    defer { statement.reset() }
    guard try statement.step() else { return nil }
    return OpenChange(fileRun: FileRunID(statement.integer(0)), mayBeSent: statement.text(1) != "")
  }

  /// Whether a party was compared with the API in a file run, or made by it.
  package func isCompared(_ party: PartyKey, in fileRun: FileRunID) throws(LedgerError) -> Bool {
    let statement = differenceStatements.findCompared
    statement.bind(1, party.kind.code)
    statement.bind(2, party.reference)
    statement.bind(3, fileRun.value)
    defer { statement.reset() }
    return try statement.step()
  }

  private func differences(by statement: Statement) throws(LedgerError) -> [PartyDifference] {
    defer { statement.reset() }
    var differences: [PartyDifference] = []
    while try statement.step() { differences.append(try difference(in: statement)) }
    return differences
  }

  private func difference(in statement: Statement) throws(LedgerError) -> PartyDifference {
    guard let kind = PartyKind(code: statement.integer(1)), let reference = statement.text(2),
      let fields = statement.text(3), let state = PartyDifference.State(rawValue: statement.integer(4))
    else { throw unreadable("a party's difference") }
    return PartyDifference(
      record: Int(statement.integer(0)), party: PartyKey(kind, reference),
      fields: fields.split(separator: "\n").map(String.init), state: state, message: statement.text(5))
  }
}

extension BatchWriter {
  /// Writes what differs of parties, and which were compared: what is still open of those turned out to be the same. Of a
  /// party that is changed beside the rows about it, what such a row gave it last is forgotten.
  ///
  /// - Parameter time: From then on the requests of changes may be sent.
  func writeDifferences(_ batch: LedgerBatch, at time: WallTime) throws(LedgerError) {
    for (party, reason) in batch.notCompared {
      let statement = ledger.differenceStatements.letGo
      statement.bind(1, party.kind.code)
      statement.bind(2, party.reference)
      statement.bind(3, reason)
      try statement.run()
    }
    for difference in batch.differences {
      let statement = ledger.differenceStatements.write
      statement.bind(1, fileRun.value)
      statement.bind(2, difference.party.kind.code)
      statement.bind(3, difference.party.reference)
      statement.bind(4, difference.record)
      statement.bind(5, difference.state.rawValue)
      statement.bind(6, difference.fields.joined(separator: "\n"))
      statement.bind(7, difference.message)
      let maySend = difference.state == .changing && !difference.fields.isEmpty
      statement.bind(8, maySend ? time.milliseconds : nil)
      try statement.run()
      guard difference.state != .left, !difference.fields.isEmpty else { continue }
      try forgetAttributes(of: ObjectKind(difference.party.kind), difference.party.reference)
    }
    for party in batch.compared {
      let open = ledger.differenceStatements.settle
      open.bind(1, fileRun.value)
      open.bind(2, party.kind.code)
      open.bind(3, party.reference)
      try open.run()
      let statement = ledger.differenceStatements.markCompared
      statement.bind(1, party.kind.code)
      statement.bind(2, party.reference)
      statement.bind(3, fileRun.value)
      try statement.run()
    }
  }
}
