#if Postgres
  import CPostgres

  /// A statement that a PostgreSQL server has prepared, by its first use: bind, step, read, reset.
  ///
  /// Its rows lie in memory whole, so that other statements may run between two steps.
  final class PostgresStatement {
    private let database: PostgresDatabase
    private let sql: String
    private var parameters = PostgresParameters()
    private var result: OpaquePointer?
    private var row: Int32 = -1

    init(_ database: PostgresDatabase, _ sql: String) {
      self.database = database
      self.sql = sql
    }

    deinit { PQclear(result) }

    func bind(_ index: Int32, _ value: Int64?) { parameters.set(index, value.map { .text(String($0)) }) }

    /// A text can't hold U+0000 in PostgreSQL: its picture (U+2400) is kept in its place.
    func bind(_ index: Int32, _ text: String?) {
      parameters.set(index, text.map { .text($0.utf8.contains(0) ? $0.replacing("\0", with: "\u{2400}") : $0) })
    }

    func bind(_ index: Int32, blob bytes: [UInt8]?) { parameters.set(index, bytes.map { .bytes($0) }) }

    func step() throws(LedgerError) -> Bool {
      if result == nil {
        row = -1
        result = try database.run(sql, parameters)
      }
      row += 1
      if row < PQntuples(result) { return true }
      reset()
      return false
    }

    func reset() {
      PQclear(result)
      result = nil
      parameters.isSpent = true
    }

    /// The integer in column `index`; a truth as 0 or 1.
    func integer(_ index: Int32) -> Int64 {
      let bytes = blob(index)
      guard let first = bytes.first else { return 0 }
      if PQftype(result, index) == Self.numeric { return PostgresNumeric.integer(bytes) }
      // Binary integers of 1, 2, 4 or 8 bytes, the most significant first.
      return bytes.reduce(first & 0x80 == 0 ? 0 : -1) { $0 << 8 | Int64($1) }
    }

    func text(_ index: Int32) -> String? { isNull(index) ? nil : String(decoding: blob(index), as: UTF8.self) }

    func blob(_ index: Int32) -> UnsafeRawBufferPointer {
      guard let result, !isNull(index) else { return UnsafeRawBufferPointer(start: nil, count: 0) }
      return UnsafeRawBufferPointer(
        start: PQgetvalue(result, row, index), count: Int(PQgetlength(result, row, index)))
    }

    func isNull(_ index: Int32) -> Bool { PQgetisnull(result, row, index) != 0 }

    /// The number of the type `numeric` (catalog/pg_type.dat).
    private static let numeric: Oid = 1700
  }
#endif
