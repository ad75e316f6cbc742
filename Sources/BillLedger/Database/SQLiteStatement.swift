import CSQLite
import Hashing

/// A prepared statement, used again and again: bind, step, read, reset.
///
/// Texts and digests are bound without SQLite copying them: their bytes go into a scratch of the statement's, which
/// lasts until `reset()`. What doesn't fit into it, SQLite copies (SQLITE_TRANSIENT). A failed binding shows in the next
/// step.
final class SQLiteStatement {
  private let handle: OpaquePointer
  private let database: SQLiteDatabase
  private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: 2048, alignment: 8)
  private var scratchUsed = 0
  private var bindFailure = SQLITE_OK
  /// Parameters that hold something else than NULL, a bit each; those after the 64th count as such. NULL is what they are at
  /// first, and most of a row's columns stay.
  private var filled: UInt64 = 0

  /// Prepares one statement of SQL to last.
  init(_ database: SQLiteDatabase, _ sql: String) throws(LedgerError) {
    var handle: OpaquePointer?
    let result = sqlite3_prepare_v3(database.handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &handle, nil)
    guard result == SQLITE_OK, let handle else { throw database.error(result) }
    self.handle = handle
    self.database = database
  }

  deinit {
    sqlite3_finalize(handle)
    scratch.deallocate()
  }

  /// Binds an integer to parameter `index`, from 1.
  func bind(_ index: Int32, _ value: Int64?) {
    guard let value else { return bindNull(index) }
    fill(index)
    note(sqlite3_bind_int64(handle, index, value))
  }

  /// Binds an integer.
  func bind(_ index: Int32, _ value: Int) { bind(index, Int64(value)) }

  /// Binds a text; `nil` as NULL.
  func bind(_ index: Int32, _ text: String?) {
    guard var text else { return bindNull(index) }
    fill(index)
    text.withUTF8 { bytes in
      let place = keep(UnsafeRawBufferPointer(bytes))
      let start = (place ?? UnsafeRawPointer(bytes.baseAddress)).map { $0.assumingMemoryBound(to: CChar.self) }
      let lifetime = place == nil ? Self.transient : nil
      // An empty text needs an address too, or it would be NULL.
      note(
        start == nil
          ? sqlite3_bind_text(handle, index, "", 0, nil)
          : sqlite3_bind_text(handle, index, start, Int32(bytes.count), lifetime))
    }
  }

  /// Binds a digest as a blob of 32 bytes; `nil` as NULL.
  func bind(_ index: Int32, _ digest: SHA256Digest?) {
    guard let digest else { return bindNull(index) }
    fill(index)
    withUnsafeTemporaryAllocation(byteCount: SHA256Digest.byteCount, alignment: 8) { bytes in
      digest.write(into: bytes)
      let place = keep(UnsafeRawBufferPointer(bytes))
      note(
        sqlite3_bind_blob(
          handle, index, place ?? UnsafeRawPointer(bytes.baseAddress), Int32(bytes.count),
          place == nil ? Self.transient : nil))
    }
  }

  /// Binds a blob, which SQLite copies.
  func bind(_ index: Int32, blob bytes: [UInt8]) {
    fill(index)
    note(sqlite3_bind_blob64(handle, index, bytes, UInt64(bytes.count), Self.transient))
  }

  private func bindNull(_ index: Int32) {
    let bit: UInt64 = index <= 64 ? 1 << UInt64(index - 1) : 0
    guard bit == 0 || filled & bit != 0 else { return }
    filled &= ~bit
    note(sqlite3_bind_null(handle, index))
  }

  private func fill(_ index: Int32) {
    if index <= 64 { filled |= 1 << UInt64(index - 1) }
  }

  /// Goes on to the next row; false where there is none, and then the statement is reset.
  func step() throws(LedgerError) -> Bool {
    if !database.trust.holds {
      reset()
      try database.trust.mustHold()
    }
    let result = bindFailure == SQLITE_OK ? sqlite3_step(handle) : bindFailure
    switch result {
    case SQLITE_ROW: return true
    case SQLITE_DONE:
      reset()
      return false
    default:
      let error = database.error(result)
      reset()
      throw error
    }
  }

  /// Runs a statement to its end, whatever rows it has.
  func run() throws(LedgerError) { while try step() {} }

  /// Makes the statement ready for other parameters; needed where rows were left unread.
  func reset() {
    sqlite3_reset(handle)
    scratchUsed = 0
    bindFailure = SQLITE_OK
  }

  /// The integer in column `index`, from 0; NULL as 0.
  func integer(_ index: Int32) -> Int64 { sqlite3_column_int64(handle, index) }

  /// The text in column `index`, from 0; `nil` for NULL.
  func text(_ index: Int32) -> String? {
    guard let start = sqlite3_column_text(handle, index) else { return nil }
    let count = Int(sqlite3_column_bytes(handle, index))
    return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }

  /// The bytes in column `index`, from 0.
  func blob(_ index: Int32) -> UnsafeRawBufferPointer {
    let start = sqlite3_column_blob(handle, index)
    return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, index)))
  }

  /// The digest in column `index`, from 0; `nil` for NULL and for anything but 32 bytes.
  func digest(_ index: Int32) -> SHA256Digest? {
    let bytes = blob(index)
    return bytes.count == SHA256Digest.byteCount ? SHA256Digest(raw: bytes) : nil
  }

  /// NULL in column `index`, from 0.
  func isNull(_ index: Int32) -> Bool { sqlite3_column_type(handle, index) == SQLITE_NULL }

  private func keep(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawPointer? {
    guard bytes.count <= scratch.count - scratchUsed else { return nil }
    let place = UnsafeMutableRawBufferPointer(rebasing: scratch[scratchUsed...])
    place.copyMemory(from: bytes)
    scratchUsed += bytes.count
    return UnsafeRawPointer(place.baseAddress)
  }

  private func note(_ result: Int32) { if result != SQLITE_OK { bindFailure = result } }

  /// SQLITE_TRANSIENT: SQLite takes a copy before the call returns.
  nonisolated(unsafe) private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
