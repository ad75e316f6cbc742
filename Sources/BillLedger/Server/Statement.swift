#if Postgres
  import Hashing

  /// A prepared statement of either database, used again and again: bind, step, read, reset.
  final class Statement {
    private enum Driver {
      case sqlite(SQLiteStatement)
      case postgres(PostgresStatement)
    }

    private let driver: Driver

    /// Prepares one statement of SQL to last.
    init(_ database: Database, _ sql: String) throws(LedgerError) {
      switch database.driver {
      case .sqlite(let database): driver = .sqlite(try SQLiteStatement(database, sql))
      case .postgres(let database): driver = .postgres(PostgresStatement(database, sql))
      }
    }

    /// Binds an integer to parameter `index`, from 1.
    func bind(_ index: Int32, _ value: Int64?) {
      switch driver {
      case .sqlite(let statement): statement.bind(index, value)
      case .postgres(let statement): statement.bind(index, value)
      }
    }

    /// Binds an integer.
    func bind(_ index: Int32, _ value: Int) { bind(index, Int64(value)) }

    /// Binds a text; `nil` as NULL.
    func bind(_ index: Int32, _ text: String?) {
      switch driver {
      case .sqlite(let statement): statement.bind(index, text)
      case .postgres(let statement): statement.bind(index, text)
      }
    }

    /// Binds a digest as a blob of 32 bytes; `nil` as NULL.
    func bind(_ index: Int32, _ digest: SHA256Digest?) {
      switch driver {
      case .sqlite(let statement): statement.bind(index, digest)
      case .postgres(let statement): statement.bind(index, blob: digest?.bytes)
      }
    }

    /// Binds a blob.
    func bind(_ index: Int32, blob bytes: [UInt8]) {
      switch driver {
      case .sqlite(let statement): statement.bind(index, blob: bytes)
      case .postgres(let statement): statement.bind(index, blob: bytes)
      }
    }

    /// Goes on to the next row; false where there is none, and then the statement is reset.
    func step() throws(LedgerError) -> Bool {
      switch driver {
      case .sqlite(let statement): try statement.step()
      case .postgres(let statement): try statement.step()
      }
    }

    /// Runs a statement to its end, whatever rows it has.
    func run() throws(LedgerError) { while try step() {} }

    /// Makes the statement ready for other parameters; needed where rows were left unread.
    func reset() {
      switch driver {
      case .sqlite(let statement): statement.reset()
      case .postgres(let statement): statement.reset()
      }
    }

    /// The integer in column `index`, from 0; NULL as 0.
    func integer(_ index: Int32) -> Int64 {
      switch driver {
      case .sqlite(let statement): statement.integer(index)
      case .postgres(let statement): statement.integer(index)
      }
    }

    /// The text in column `index`, from 0; `nil` for NULL.
    func text(_ index: Int32) -> String? {
      switch driver {
      case .sqlite(let statement): statement.text(index)
      case .postgres(let statement): statement.text(index)
      }
    }

    /// The bytes in column `index`, from 0; until the next step.
    func blob(_ index: Int32) -> UnsafeRawBufferPointer {
      switch driver {
      case .sqlite(let statement): statement.blob(index)
      case .postgres(let statement): statement.blob(index)
      }
    }

    /// The digest in column `index`, from 0; `nil` for NULL and for anything but 32 bytes.
    func digest(_ index: Int32) -> SHA256Digest? {
      let bytes = blob(index)
      return bytes.count == SHA256Digest.byteCount ? SHA256Digest(raw: bytes) : nil
    }

    /// NULL in column `index`, from 0.
    func isNull(_ index: Int32) -> Bool {
      switch driver {
      case .sqlite(let statement): statement.isNull(index)
      case .postgres(let statement): statement.isNull(index)
      }
    }
  }
#endif
