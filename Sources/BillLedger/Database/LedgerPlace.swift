import BillModel
import DurableFiles

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where a ledger lies, and what can be said of its file before SQLite touches it.
struct LedgerPlace {
  /// The database's file, links resolved: two ways to name one file must meet in one lock.
  let path: String

  /// Files up to this size are checked whole at every opening: 16 MB, some 20 ms.
  private static let smallLimit: Int64 = 16 << 20

  /// A link that leads nowhere is refused, and so is a network file system.
  ///
  /// - Parameter makesFolder: Makes the folder where it is missing. That which holds it must be there: a path that was
  ///   mistyped leaves nothing behind.
  init(path: String, makesFolder: Bool = true) throws(LedgerError) {
    if Directory.isLinkToNothing(path) { throw .linkToNothing(path: path) }
    let folder = Directory.parent(of: path)
    do throws(FileError) {
      if makesFolder { try Directory.makeLast(folder, mode: 0o700) }
      self.path = try Directory.resolved(path)
    } catch {
      guard error.code == ENOENT else { throw LedgerError(error, path: path) }
      throw .noFolder(path: path, folder: makesFolder ? Directory.parent(of: folder) : folder)
    }
    if NetworkFileSystem.holds(self.path) { throw .networkFileSystem(path: path) }
  }

  var isSmall: Bool { ((try? FileGlimpse(path: path, headLimit: 0))??.byteCount ?? .max) <= Self.smallLimit }

  /// Whether a ledger is there; throws where what is there is none, or a damaged or newer one.
  func holdsDatabase(knownVersion: Int) throws(LedgerError) -> Bool {
    let logSize = try glimpse(path + "-wal")?.byteCount ?? 0
    guard let file = try glimpse(path) else {
      if logSize > 0 { throw .corrupted(path: path, detail: "the file is gone, its -wal is there") }
      return false
    }
    guard file.nameCount == 1 else { throw .otherNames(path: path, count: file.nameCount) }
    guard file.byteCount > 0 else { throw .corrupted(path: path, detail: "the file is empty") }
    guard let header = DatabaseHeader(file.head), header.applicationID == Database.applicationID else {
      throw .notALedger(path: path)
    }
    if header.userVersion > knownVersion {
      throw .newerSchema(path: path, found: header.userVersion, known: knownVersion)
    }
    if logSize == 0, file.byteCount < header.byteCount {
      throw .corrupted(path: path, detail: "cut to \(file.byteCount) of \(header.byteCount) bytes")
    }
    return true
  }

  /// Makes a stamped ledger under another name, and gives it its own when it is durable: there is never half a one.
  func makeDatabase(
    environment: EnvironmentStamp, now: WallTime, migrations: [Migration]
  ) throws(LedgerError) {
    let draft = path + ".new"
    func removeDraft() throws(FileError) { for suffix in ["", "-journal"] { try Directory.remove(draft + suffix) } }
    do throws(LedgerError) {
      try onDisk { () throws(FileError) in
        try removeDraft()
        try Directory.makeFile(draft, mode: 0o600)
      }
      try fill(draft, environment, now, migrations)
      try onDisk { () throws(FileError) in try Directory.rename(draft, to: path) }
    } catch {
      try? removeDraft()
      throw error
    }
  }

  private func fill(
    _ draft: String, _ environment: EnvironmentStamp, _ now: WallTime, _ migrations: [Migration]
  ) throws(LedgerError) {
    let database = try Database(file: draft, namedInErrors: path)
    try database.execute("PRAGMA application_id=\(Database.applicationID)")
    try database.migrate(migrations)
    try database.stamp(environment, now: now)
  }

  /// The database's file, to be looked at while SQLite has it open; it must be opened before.
  func held() throws(LedgerError) -> HeldFile {
    do throws(FileError) { return try HeldFile(path: path) } catch { throw LedgerError(error, path: path) }
  }

  /// Gives the disk once more what the log has, before SQLite goes on behind it: where a sync had failed, the system has
  /// pages of it in memory that the disk has not, and counts them as written. What can't be read back any more, SQLite takes
  /// for the log's end, and nothing was sent that had waited for it.
  func renewLog() throws(LedgerError) {
    guard (try glimpse(path + "-wal")?.byteCount ?? 0) > 0 else { return }
    try onDisk { () throws(FileError) in try LogRenewal(path: path + "-wal").run() }
  }

  private func glimpse(_ path: String) throws(LedgerError) -> FileGlimpse? {
    do throws(FileError) {
      return try FileGlimpse(path: path, headLimit: DatabaseHeader.byteCount)
    } catch {
      // A folder, a device or a socket.
      if error.isNoRegularFile || error.code == ENXIO { throw .notALedger(path: path) }
      throw LedgerError(error, path: self.path)
    }
  }

  private func onDisk(_ work: () throws(FileError) -> Void) throws(LedgerError) {
    do throws(FileError) {
      try work()
    } catch {
      throw LedgerError(error, path: path)
    }
  }
}
