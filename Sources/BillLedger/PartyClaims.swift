import BillModel

/// The claims on parties whose fate isn't known: a small table of rows under way, held whole in memory.
///
/// Kept apart from the parties that are known, so that a party's reference is written to their large table once, and a
/// row without claims is given up at no cost. After a transaction that failed the memory is read again.
final class PartyClaims {
  private let database: Database
  private let insert, delete, all: Statement
  private var holders: [PartyKey: RowAddress] = [:]
  private var keys: [RowAddress: [PartyKey]] = [:]
  private var isCurrent = false

  init(_ database: Database) throws(LedgerError) {
    self.database = database
    insert = try Statement(
      database,
      """
      INSERT INTO party_claim (kind, reference, file_run, record) SELECT ?1, ?2, ?3, ?4
      WHERE NOT EXISTS (SELECT 1 FROM party WHERE kind = ?1 AND reference = ?2)
      """)
    delete = try Statement(database, "DELETE FROM party_claim WHERE kind = ?1 AND reference = ?2")
    all = try Statement(database, "SELECT kind, reference, file_run, record FROM party_claim")
  }

  /// The row that claims a party.
  func holder(of key: PartyKey) throws(LedgerError) -> RowAddress? {
    try load()
    return holders[key]
  }

  /// What a row claims, in no order.
  func keys(of row: RowAddress) throws(LedgerError) -> [PartyKey] {
    try load()
    return keys[row] ?? []
  }

  /// Claims a party that nobody claims; `false` where it is known.
  func add(_ key: PartyKey, for row: RowAddress) throws(LedgerError) -> Bool {
    insert.bind(1, key.kind.code)
    insert.bind(2, key.reference)
    insert.bind(3, row.fileRun.value)
    insert.bind(4, row.record)
    try insert.run()
    guard database.changedRows == 1 else { return false }
    keep(key, row)
    return true
  }

  /// Ends the claim on a party, whoever holds it.
  func remove(_ key: PartyKey) throws(LedgerError) {
    try load()
    guard let row = holders.removeValue(forKey: key) else { return }
    if let place = keys.index(forKey: row) {
      if keys.values[place] == [key] {
        keys.remove(at: place)
      } else {
        keys.values[place].removeAll { $0 == key }
      }
    }
    delete.bind(1, key.kind.code)
    delete.bind(2, key.reference)
    try delete.run()
  }

  /// Drops the memory: it may hold what a transaction that failed didn't write.
  func forget() {
    holders.removeAll()
    keys.removeAll()
    isCurrent = false
  }

  private func keep(_ key: PartyKey, _ row: RowAddress) {
    holders[key] = row
    keys[row, default: []].append(key)
  }

  private func load() throws(LedgerError) {
    if isCurrent { return }
    defer { all.reset() }
    while try all.step() {
      guard let kind = PartyKind(code: all.integer(0)), let reference = all.text(1) else { continue }
      let row = RowAddress(fileRun: FileRunID(all.integer(2)), record: Int(all.integer(3)))
      keep(PartyKey(kind, reference), row)
    }
    isCurrent = true
  }
}
