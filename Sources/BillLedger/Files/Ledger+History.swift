package import BillModel

extension Ledger {
  /// Keeps what stands out of a file, in place of what was kept of it before.
  package func saveFigures(_ figures: FileFigures, of fileRun: FileRunID, now: WallTime) throws(LedgerError) {
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let file = try Statement(
        database,
        """
        INSERT INTO file_figures (file_run, rows, new_customer_rows, known_bill_rows) VALUES (?1, ?2, ?3, ?4)
        ON CONFLICT (file_run) DO UPDATE SET rows = excluded.rows,
          new_customer_rows = excluded.new_customer_rows, known_bill_rows = excluded.known_bill_rows
        """)
      file.bind(1, fileRun.value)
      file.bind(2, figures.rows)
      file.bind(3, figures.newCustomerRows)
      file.bind(4, figures.knownBillRows)
      try file.run()
      try replaceMoney(figures.money, of: fileRun)
    }
  }

  /// What stood out of a file before it was sent; `nil` where nobody looked.
  package func figures(of fileRun: FileRunID) throws(LedgerError) -> FileFigures? {
    let statement = try Statement(
      database, "SELECT rows, new_customer_rows, known_bill_rows FROM file_figures WHERE file_run = ?1")
    statement.bind(1, fileRun.value)
    guard try statement.step() else { return nil }
    defer { statement.reset() }
    return FileFigures(
      rows: Int(statement.integer(0)), newCustomerRows: Int(statement.integer(1)),
      knownBillRows: Int(statement.integer(2)), money: try money(of: fileRun))
  }

  /// The figures of the last files of a file's feed that were begun before it and sent to their end, the latest first.
  /// What the feeds of other names had never counts, and a ledger has one merchant's feeds alone.
  package func history(before fileRun: FileRun, limit: Int) throws(LedgerError) -> [FileFigures] {
    let statement = try Statement(
      database,
      """
      SELECT id FROM file_run JOIN file_figures ON file_figures.file_run = file_run.id
      WHERE feed = ?1 AND id < ?2 AND sending_completed_at IS NOT NULL
      ORDER BY id DESC LIMIT ?3
      """)
    statement.bind(1, fileRun.feed)
    statement.bind(2, fileRun.id.value)
    statement.bind(3, limit)
    var ids: [FileRunID] = []
    while try statement.step() { ids.append(FileRunID(statement.integer(0))) }
    var found: [FileFigures] = []
    for id in ids { if let figures = try figures(of: id) { found.append(figures) } }
    return found
  }

  /// The last file run of the same feed that was begun before this one and sent to its end. One of mended rows is none of
  /// these: by its name, or since all its rows came for those of an earlier file.
  package func fileRun(before fileRun: FileRun) throws(LedgerError) -> FileRun? {
    let statement = try Statement(
      database,
      """
      SELECT id, name FROM file_run WHERE feed = ?1 AND id < ?2 AND sending_completed_at IS NOT NULL
        AND NOT EXISTS (
          SELECT 1 FROM row_come JOIN file_check ON file_check.file_run = row_come.later_run
          WHERE row_come.later_run = file_run.id AND row_come.file_run <> file_run.id
          GROUP BY row_come.file_run, file_check.records_read HAVING sum(row_come.rows) >= file_check.records_read)
      ORDER BY id DESC LIMIT 1
      """)
    defer { statement.reset() }
    var end = fileRun.id.value
    while true {
      // At a server a reset forgets what was bound.
      statement.bind(1, fileRun.feed)
      statement.bind(2, end)
      guard try statement.step() else { return nil }
      end = statement.integer(0)
      guard let name = statement.text(1), SourceName(name).isMended else { return try self.fileRun(FileRunID(end)) }
      statement.reset()
    }
  }

  private func replaceMoney(_ money: [CurrencyCode: FileFigures.Money], of fileRun: FileRunID) throws(LedgerError) {
    let old = try Statement(database, "DELETE FROM file_money WHERE file_run = ?1")
    old.bind(1, fileRun.value)
    try old.run()
    let new = try Statement(
      database, "INSERT INTO file_money (file_run, currency, total, largest) VALUES (?1, ?2, ?3, ?4)")
    for (currency, sums) in money {
      new.bind(1, fileRun.value)
      new.bind(2, currency.description)
      new.bind(3, sums.total)
      new.bind(4, sums.largest)
      try new.run()
    }
  }

  private func money(of fileRun: FileRunID) throws(LedgerError) -> [CurrencyCode: FileFigures.Money] {
    let statement = try Statement(
      database, "SELECT currency, total, largest FROM file_money WHERE file_run = ?1")
    statement.bind(1, fileRun.value)
    var money: [CurrencyCode: FileFigures.Money] = [:]
    while try statement.step() {
      guard let currency = statement.text(0).flatMap({ CurrencyCode($0) }) else { throw unreadable("a currency") }
      money[currency] = FileFigures.Money(total: statement.integer(1), largest: statement.integer(2))
    }
    return money
  }
}
