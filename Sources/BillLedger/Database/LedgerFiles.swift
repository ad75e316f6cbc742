import DurableFiles
import Synchronization

/// The files that an open ledger writes, by what their names stood for when it was opened. SQLite goes on in files that were
/// removed or moved, and nobody else would find what it writes there; and from its memory over one that was cut or written
/// over, and the next one to open it would find it damaged.
final class LedgerFiles: Sendable {
  private let path: String
  private let files: [(path: String, look: FileLook)]
  private let database: HeldFile
  /// Bytes of the database's file when it was looked at last: it only grows.
  private let byteCount: Mutex<Int64>

  /// Looks at the ledger's file at `path`, at its log and at its lock.
  ///
  /// - Parameter database: The ledger's file, opened before SQLite did; it must live as long as SQLite's connection.
  init(path: String, database: HeldFile) throws(LedgerError) {
    self.path = path
    self.database = database
    var files: [(String, FileLook)] = []
    do throws(FileError) {
      byteCount = Mutex(try database.byteCount())
      for name in [path, path + "-wal", path + ".lock"] {
        if let look = try FileLook(path: name) { files.append((name, look)) }
      }
    } catch { throw LedgerError(error, path: path) }
    self.files = files
  }

  /// Throws `displaced` where a name stands for another file by now, or for none, and `overwritten` where somebody else has
  /// cut the ledger's file or written over its beginning.
  func mustBeInPlace() throws(LedgerError) {
    for (path, look) in files {
      let now: FileLook?
      do throws(FileError) { now = try FileLook(path: path) } catch { throw LedgerError(error, path: path) }
      guard now?.identity == look.identity, now?.device == look.device else {
        throw .displaced(path: path, isReplaced: now != nil)
      }
    }
    try mustBeWhole()
  }

  private func mustBeWhole() throws(LedgerError) {
    let (size, head): (Int64, [UInt8])
    do throws(FileError) {
      (size, head) = (try database.byteCount(), try database.head(limit: DatabaseHeader.byteCount))
    } catch { throw LedgerError(error, path: path) }
    let known = byteCount.withLock { known in
      defer { known = max(known, size) }
      return known
    }
    guard size >= known else { throw .overwritten(path: path, how: "cut from \(known) to \(size) bytes") }
    guard DatabaseHeader(head)?.applicationID == Database.applicationID else {
      throw .overwritten(path: path, how: "written over")
    }
  }
}

extension Ledger {
  /// Makes sure that what is written goes into the files that the next run will open. Throws `displaced` where the ledger's
  /// file, its log or its lock was removed, moved or replaced, and `overwritten` where its file was cut or written over.
  /// Of a server nothing is looked at.
  package func mustBeInPlace() throws(LedgerError) { try files?.mustBeInPlace() }
}
