import CSQLite

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A connection to one SQLite database, for one thread. Closed with its last reference, statements included.
final class SQLiteDatabase {
  /// The path by which errors name it.
  let path: String
  let handle: OpaquePointer
  /// Where it ends, nothing more is done.
  let trust = DiskTrust()

  /// What a database is opened for.
  enum Access {
    /// Reading and writing.
    case writing
    /// Reading alone, while others may write.
    case observing
    /// Reading alone what nobody writes: nothing beside the file is looked at (sqlite.org/uri.html).
    case immutable
  }

  /// Opens the database that exists in `file`; one that is to be written and can only be read is `readOnly`.
  init(file: String, namedInErrors path: String, access: Access = .writing) throws(LedgerError) {
    self.path = path
    var handle: OpaquePointer?
    SQLiteLibrary.begin()
    let mode = access == .writing ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY
    let flags = mode | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_URI
    // Two slashes that begin a path would be taken for those before a host.
    let root = file.hasPrefix("/") ? "file://" : "file:"
    let name = root + Self.escaped(file) + (access == .immutable ? "?immutable=1" : "")
    let result = sqlite3_open_v2(name, &handle, flags, nil)
    guard result == SQLITE_OK, let handle else {
      let error = LedgerError(
        path: path, code: result, systemCode: handle.map { sqlite3_system_errno($0) } ?? 0,
        message: String(cString: sqlite3_errstr(result)))
      sqlite3_close(handle)
      throw error
    }
    self.handle = handle
    guard access != .writing || sqlite3_db_readonly(handle, "main") == 0 else { throw .readOnly(path: path) }
    sqlite3_busy_timeout(handle, 5000)
  }

  /// A path as a URI has it.
  private static func escaped(_ path: String) -> String {
    path.utf8.reduce(into: "") { text, byte in
      switch byte {
      case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "%"), 0...32, 127...:
        text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
      default: text.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
  }

  deinit {
    for boundary in boundaries { sqlite3_finalize(boundary) }
    sqlite3_close_v2(handle)
  }

  var isUsable: Bool { trust.holds }
  var diskTrust: DiskTrust? { trust }

  /// Runs SQL without results, one statement or several.
  func execute(_ sql: String) throws(LedgerError) {
    try trust.mustHold()
    let result = sqlite3_exec(handle, sql, nil, nil, nil)
    guard result == SQLITE_OK else { throw error(result) }
  }

  /// The single integer that `sql` yields.
  func integer(_ sql: String) throws(LedgerError) -> Int64 {
    let statement = try SQLiteStatement(self, sql)
    return try statement.step() ? statement.integer(0) : 0
  }

  /// What begins and ends transactions. There are many: each is prepared once, when it is first run.
  private enum Boundary: Int, CaseIterable {
    case read, write, commit, rollBack

    var sql: String {
      switch self {
      case .read: "BEGIN"
      case .write: "BEGIN IMMEDIATE"
      case .commit: "COMMIT"
      case .rollBack: "ROLLBACK"
      }
    }
  }

  private var boundaries = [OpaquePointer?](repeating: nil, count: Boundary.allCases.count)

  private func run(_ boundary: Boundary) throws(LedgerError) {
    if boundaries[boundary.rawValue] == nil {
      let result = sqlite3_prepare_v3(
        handle, boundary.sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &boundaries[boundary.rawValue], nil)
      guard result == SQLITE_OK else { throw error(result) }
    }
    let statement = boundaries[boundary.rawValue]
    defer { sqlite3_reset(statement) }
    let result = sqlite3_step(statement)
    guard result == SQLITE_DONE else { throw error(result) }
  }

  /// Whether reads are one transaction so far.
  private var isReading = false

  /// From here on, until `endReading` or the next transaction, reads see one state and take SQLite's locks once.
  func beginReading() {
    guard sqlite3_get_autocommit(handle) != 0 else { return }
    isReading = (try? run(.read)) != nil
  }

  /// Lets go of what `beginReading` has taken.
  func endReading() {
    guard isReading else { return }
    isReading = false
    rollBack()
  }

  private func rollBack() { if sqlite3_get_autocommit(handle) == 0 { try? run(.rollBack) } }

  /// Runs `work` in one transaction: committed where it returns, undone where it or the commit throws.
  func transaction<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    endReading()
    try trust.mustHold()
    try run(.write)
    do throws(LedgerError) {
      let value = try work()
      try run(.commit)
      return value
    } catch {
      // Some failures (a full disk) have rolled back by themselves.
      rollBack()
      throw error
    }
  }

  /// Rows changed by the last INSERT, UPDATE or DELETE.
  var changedRows: Int { Int(sqlite3_changes64(handle)) }

  /// What the call that failed just now with this result code means. SQLite forgets the errno behind a failed write
  /// that it then rolled back: the thread's own is looked at where it has none.
  func error(_ code: Int32) -> LedgerError {
    let threadCode = errno
    let systemCode = sqlite3_system_errno(handle)
    let error = LedgerError(
      path: path, code: code, systemCode: systemCode == 0 ? threadCode : systemCode,
      message: String(cString: sqlite3_errmsg(handle)))
    if code == Self.syncFailed { trust.end(with: error) }
    return error
  }

  /// SQLITE_IOERR_FSYNC (sqlite.org/rescode.html).
  private static let syncFailed = SQLITE_IOERR | 4 << 8
}
