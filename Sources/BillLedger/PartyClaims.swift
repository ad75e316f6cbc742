import BillModel

/// The claims on parties whose fate isn't known: a small table of rows under way, held whole in memory.
///
/// Kept apart from the parties that are known, so that a party's reference is written to their large table once, and a
/// row without claims is given up at no cost. After a transaction that failed the memory is read again.
///
/// Where others use the ledger too, only the claims of rows at work here are held in memory, those of a file run or of the
/// ranges of it that this process has: nobody else changes those. Of all others the database is asked each time.
final class PartyClaims {
  private let database: Database
  private let isShared: Bool
  private let insert, delete, all: Statement
  /// Of a shared ledger: the claims of rows of a file run, who claims a party, and whether it is known.
  private let ofRows, ofParty, known: Statement
  /// The file runs whose claims are in memory, where the ledger is shared; of one that is sent in ranges, which of them.
  private var loaded: [FileRunID: Set<ClosedRange<Int>>] = [:]
  /// The ranges of a file run that this process has; a file run that isn't sent in ranges is its own as a whole.
  private var ranges: [FileRunID: Set<ClosedRange<Int>>] = [:]
  private var holders: [PartyKey: RowAddress] = [:]
  private var keys: [RowAddress: [PartyKey]] = [:]
  private var isCurrent = false

  init(_ database: Database, isShared: Bool) throws(LedgerError) {
    self.database = database
    self.isShared = isShared
    insert = try Statement(
      database,
      """
      INSERT INTO party_claim (kind, reference, file_run, record) SELECT ?1, ?2, ?3, ?4
      WHERE NOT EXISTS (SELECT 1 FROM party WHERE kind = ?1 AND reference = ?2)\(isShared ? " ON CONFLICT DO NOTHING" : "")
      """)
    delete = try Statement(database, "DELETE FROM party_claim WHERE kind = ?1 AND reference = ?2")
    let select = "SELECT kind, reference, file_run, record FROM party_claim"
    all = try Statement(database, select)
    ofRows = try Statement(database, select + " WHERE file_run = ?1 AND record BETWEEN ?2 AND ?3")
    ofParty = try Statement(database, select + " WHERE kind = ?1 AND reference = ?2")
    known = try Statement(database, "SELECT 1 FROM party WHERE kind = ?1 AND reference = ?2")
  }

  /// The row that claims a party.
  func holder(of key: PartyKey) throws(LedgerError) -> RowAddress? {
    if let own = holders[key] { return own }
    guard isShared else {
      try load()
      return holders[key]
    }
    bind(key, to: ofParty)
    defer { ofParty.reset() }
    return try ofParty.step() ? address(in: ofParty) : nil
  }

  /// What a row claims, in no order.
  func keys(of row: RowAddress) throws(LedgerError) -> [PartyKey] {
    if isShared { try load(row) } else { try load() }
    return keys[row] ?? []
  }

  /// Claims a party that nobody claims; `false` where it is known, or another process was faster.
  func add(_ key: PartyKey, for row: RowAddress) throws(LedgerError) -> Bool {
    bind(key, to: insert)
    insert.bind(3, row.fileRun.value)
    insert.bind(4, row.record)
    try insert.run()
    guard database.changedRows == 1 else { return false }
    if isShared, try becameKnown(key) { return false }
    keep(key, row)
    return true
  }

  /// Whether a party became known while the claim on it waited for the claim before; the claim is given up then.
  private func becameKnown(_ key: PartyKey) throws(LedgerError) -> Bool {
    bind(key, to: known)
    let isKnown = try known.step()
    known.reset()
    guard isKnown else { return false }
    bind(key, to: delete)
    try delete.run()
    return true
  }

  /// Ends the claim on a party, whoever holds it.
  func remove(_ key: PartyKey) throws(LedgerError) {
    if !isShared { try load() }
    guard let row = holders.removeValue(forKey: key) else {
      if isShared { try deleteClaim(on: key) }
      return
    }
    if let place = keys.index(forKey: row) {
      if keys.values[place] == [key] {
        keys.remove(at: place)
      } else {
        keys.values[place].removeAll { $0 == key }
      }
    }
    try deleteClaim(on: key)
  }

  private func deleteClaim(on key: PartyKey) throws(LedgerError) {
    bind(key, to: delete)
    try delete.run()
  }

  private func bind(_ key: PartyKey, to statement: Statement) {
    statement.bind(1, key.kind.code)
    statement.bind(2, key.reference)
  }

  /// Drops the memory: it may hold what a transaction that failed didn't write.
  func forget() {
    holders.removeAll()
    keys.removeAll()
    loaded.removeAll()
    isCurrent = false
  }

  /// This process has a range of a file run's records from here on.
  func begin(_ records: ClosedRange<Int>, of run: FileRunID) {
    ranges[run, default: []].insert(records)
    forget()
  }

  /// It has it no more.
  func end(_ records: ClosedRange<Int>, of run: FileRunID) {
    ranges[run]?.remove(records)
    forget()
  }

  /// The file run is one process's as a whole from here on.
  func endRanges(of run: FileRunID) {
    ranges[run] = nil
    forget()
  }

  private func keep(_ key: PartyKey, _ row: RowAddress) {
    holders[key] = row
    keys[row, default: []].append(key)
  }

  private func load() throws(LedgerError) {
    if isCurrent { return }
    defer { all.reset() }
    try keepAll(all)
    isCurrent = true
  }

  /// Reads the claims of a row's file run, or of the range that it is in, once.
  private func load(_ row: RowAddress) throws(LedgerError) {
    let records: ClosedRange<Int>
    if let ranges = ranges[row.fileRun] {
      guard let own = ranges.first(where: { $0.contains(row.record) }) else { return }
      records = own
    } else {
      records = 0...Int.max
    }
    guard loaded[row.fileRun, default: []].insert(records).inserted else { return }
    defer { ofRows.reset() }
    ofRows.bind(1, row.fileRun.value)
    ofRows.bind(2, records.lowerBound)
    ofRows.bind(3, records.upperBound)
    try keepAll(ofRows)
  }

  private func keepAll(_ claims: Statement) throws(LedgerError) {
    while try claims.step() {
      guard let kind = PartyKind(code: claims.integer(0)), let reference = claims.text(1) else { continue }
      let (key, row) = (PartyKey(kind, reference), address(in: claims))
      if holders[key] == nil { keep(key, row) }
    }
  }

  private func address(in claims: Statement) -> RowAddress {
    RowAddress(fileRun: FileRunID(claims.integer(2)), record: Int(claims.integer(3)))
  }
}
