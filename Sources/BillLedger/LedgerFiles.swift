import DurableFiles

/// The files that an open ledger writes, by what their names stood for when it was opened. SQLite goes on in files that were
/// removed or moved, and nobody else would find what it writes there.
struct LedgerFiles: Sendable {
  private let files: [(path: String, look: FileLook)]

  /// Looks at the ledger's file at `path`, at its log and at its lock.
  init(path: String) throws(LedgerError) {
    var files: [(String, FileLook)] = []
    do throws(FileError) {
      for name in [path, path + "-wal", path + ".lock"] {
        if let look = try FileLook(path: name) { files.append((name, look)) }
      }
    } catch { throw LedgerError(error, path: path) }
    self.files = files
  }

  /// Throws `displaced` where a name stands for another file by now, or for none.
  func mustBeInPlace() throws(LedgerError) {
    for (path, look) in files {
      let now: FileLook?
      do throws(FileError) { now = try FileLook(path: path) } catch { throw LedgerError(error, path: path) }
      guard now?.identity == look.identity, now?.device == look.device else {
        throw .displaced(path: path, isReplaced: now != nil)
      }
    }
  }
}

extension Ledger {
  /// Makes sure that what is written goes into the files that the next run will open. Throws `displaced` where the ledger's
  /// file, its log or its lock was removed, moved or replaced. Of a server nothing is looked at.
  package func mustBeInPlace() throws(LedgerError) { try files?.mustBeInPlace() }
}
