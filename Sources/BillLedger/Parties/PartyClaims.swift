import BillModel

/// The claims on parties whose fate isn't known: few, those of rows under way, held whole in memory.
///
/// Kept apart from the parties that are known, so that a party's reference is written to their large table once. Of a
/// ledger in a file they stand in the rows that make them: a claim costs no statement of its own, and goes with its row's
/// end. Those of rows whose fate stays unknown stand in a table besides, so that rows are gone through only where a process
/// died with some under way. After a transaction that failed the memory is read again.
///
/// Where others use the ledger too, all claims stand in the table, and only those of rows at work here are held in memory,
/// those of a file run or of the ranges of it that this process has: nobody else changes those. Of all others the database
/// is asked each time.
final class PartyClaims {
  private let database: Database
  private let isShared: Bool
  private let insert, delete, all, known: Statement
  /// Of a ledger in a file: the file runs that have rows under way, and the claims in a file run's rows.
  private let runsUnderWay, inRows: Statement
  /// Of a shared ledger: the claims of rows of a file run, and who claims a party.
  private let ofRows, ofParty: Statement
  /// Of a shared ledger: the file runs whose claims are in memory; of one that is sent in ranges, which of them.
  private var loaded: [FileRunID: Set<ClosedRange<Int>>] = [:]
  /// The ranges of a file run that this process has; a file run that isn't sent in ranges is its own as a whole.
  private var ranges: [FileRunID: Set<ClosedRange<Int>>] = [:]
  @exclusivity(unchecked) private var holders: [PartyKey: RowAddress] = [:]
  @exclusivity(unchecked) private var keys: [RowAddress: ClaimedParties] = [:]
  /// Of a ledger that was empty when this process opened it: tells of most new parties that they are new.
  private let filter: PartyFilter?
  /// Of a ledger in a file: what the table holds.
  @exclusivity(unchecked) private var stored: Set<PartyKey> = []
  @exclusivity(unchecked) private var isCurrent = false

  /// - Parameter isOwn: nobody else writes the ledger as long as it is open.
  init(_ database: Database, isShared: Bool, isOwn: Bool) throws(LedgerError) {
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
    let underWay = RowCode.intended.rawValue
    runsUnderWay = try Statement(
      database, "SELECT file_run FROM row_count WHERE state = \(underWay) AND rows > 0 ORDER BY file_run")
    inRows = try Statement(
      database,
      """
      SELECT record, new_customer, new_account FROM file_row
      WHERE file_run = ?1 AND state = \(underWay) AND (new_customer IS NOT NULL OR new_account IS NOT NULL)
      """)
    if isOwn { filter = try Self.isEmpty(database) ? PartyFilter() : nil } else { filter = nil }
  }

  /// Whether no party was ever met: rows that claim some would be there.
  private static func isEmpty(_ database: Database) throws(LedgerError) -> Bool {
    try database.integer(
      """
      SELECT EXISTS (SELECT 1 FROM party) OR EXISTS (SELECT 1 FROM party_claim) OR EXISTS (SELECT 1 FROM row_count)
      """) == 0
  }

  /// Whether nobody has met any party yet. `false` proves nothing.
  var isEmpty: Bool { filter?.isEmpty ?? false }

  /// Whether nobody has met a party yet. `false` proves nothing.
  func isNew(_ key: PartyKey) -> Bool { filter.map { !$0.mayHold(key) } ?? false }

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
    return keys[row]?.all ?? []
  }

  /// Claims a party that nobody claims; `false` where it is known, or another process was faster. Of a ledger in a file
  /// the claim is durable with what `keep(of:)` gives, or by `store(of:)`.
  func add(_ key: PartyKey, for row: RowAddress) throws(LedgerError) -> Bool {
    if isShared {
      guard try write(key, row), try !becameKnown(key) else { return false }
    } else if try isKnown(key) {
      return false
    }
    hold(key, row)
    return true
  }

  /// Claims a party that nobody has met.
  func addNew(_ key: PartyKey, for row: RowAddress) throws(LedgerError) {
    try load()
    hold(key, row)
  }

  /// What is to stand in the row for its claims. Of a shared ledger nothing; and where a row claims more than one customer
  /// or account, the others are stored.
  func keep(of row: RowAddress) throws(LedgerError) -> CarriedParties {
    guard !isShared else { return CarriedParties() }
    try load()
    guard let claimed = keys[row] else { return CarriedParties() }
    for key in claimed.others { try store(key, row) }
    return claimed.carried
  }

  /// Puts what a row claims into the table, where it outlasts that the row is under way.
  func store(of row: RowAddress) throws(LedgerError) {
    guard !isShared else { return }
    for key in try keys(of: row) { try store(key, row) }
  }

  private func store(_ key: PartyKey, _ row: RowAddress) throws(LedgerError) {
    if stored.insert(key).inserted { _ = try write(key, row) }
  }

  /// Writes a claim into the table; `false` where the party is known, or claimed there.
  private func write(_ key: PartyKey, _ row: RowAddress) throws(LedgerError) -> Bool {
    bind(key, to: insert)
    insert.bind(3, row.fileRun.value)
    insert.bind(4, row.record)
    try insert.run()
    return database.changedRows == 1
  }

  /// Whether a party became known while the claim on it waited for the claim before; the claim is given up then.
  private func becameKnown(_ key: PartyKey) throws(LedgerError) -> Bool {
    guard try isKnown(key) else { return false }
    try deleteClaim(on: key)
    return true
  }

  private func isKnown(_ key: PartyKey) throws(LedgerError) -> Bool {
    bind(key, to: known)
    defer { known.reset() }
    return try known.step()
  }

  /// Ends the claim on a party, whoever holds it. What stands in the holder's row goes with that, or says nothing any more,
  /// since the party is known.
  func remove(_ key: PartyKey) throws(LedgerError) {
    if !isShared { try load() }
    if let row = holders.removeValue(forKey: key) {
      if let place = keys.index(forKey: row) {
        keys.values[place].remove(key)
        if keys.values[place].isEmpty { keys.remove(at: place) }
      }
    } else {
      // It became known without a claim.
      filter?.note(key)
    }
    if isShared || (!stored.isEmpty && stored.remove(key) != nil) { try deleteClaim(on: key) }
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
    stored.removeAll()
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

  private func hold(_ key: PartyKey, _ row: RowAddress) {
    filter?.note(key)
    holders[key] = row
    keys[row, default: ClaimedParties()].add(key)
  }
}

extension PartyClaims {
  private func load() throws(LedgerError) {
    if isCurrent { return }
    defer { all.reset() }
    try holdAll(all)
    stored = Set(holders.keys)
    var underWay: [FileRunID] = []
    while try runsUnderWay.step() { underWay.append(FileRunID(runsUnderWay.integer(0))) }
    for run in underWay { try holdRows(of: run) }
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
    try holdAll(ofRows)
  }

  private func holdAll(_ claims: Statement) throws(LedgerError) {
    while try claims.step() {
      guard let kind = PartyKind(code: claims.integer(0)), let reference = claims.text(1) else { continue }
      let (key, row) = (PartyKey(kind, reference), address(in: claims))
      if holders[key] == nil { hold(key, row) }
    }
  }

  /// Reads the claims in a file run's rows. A party that is known by now needs none.
  private func holdRows(of run: FileRunID) throws(LedgerError) {
    inRows.bind(1, run.value)
    defer { inRows.reset() }
    while try inRows.step() {
      let row = RowAddress(fileRun: run, record: Int(inRows.integer(0)))
      for (kind, column) in [(PartyKind.customer, Int32(1)), (.account, 2)] {
        guard let reference = inRows.text(column) else { continue }
        let key = PartyKey(kind, reference)
        guard holders[key] == nil else { continue }
        if try !isKnown(key) { hold(key, row) }
      }
    }
  }

  private func address(in claims: Statement) -> RowAddress {
    RowAddress(fileRun: FileRunID(claims.integer(2)), record: Int(claims.integer(3)))
  }
}
