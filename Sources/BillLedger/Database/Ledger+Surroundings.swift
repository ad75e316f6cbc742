import CSQLite
import DurableFiles

/// What a ledger needs of the machine.
extension Ledger {
  /// SQLite's version, as it is on this machine.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// Whether a folder is on a network file system, where no ledger may lie.
  package static func isOnNetwork(_ folder: String) -> Bool { NetworkFileSystem.holds(folder + "/ledger") }

  /// Whether the file at a path is a ledger by its first bytes. It is only read, and nothing but a file is.
  package static func isFile(at path: String) -> Bool {
    guard Directory.hasFile(path),
      let glimpse = try? FileGlimpse(path: path, headLimit: DatabaseHeader.byteCount)
    else { return false }
    return DatabaseHeader(glimpse.head)?.applicationID == Database.applicationID
  }

  /// Whether a ledger is at a path or an address, or something that is in its place. Asks the server at an address.
  package static func isThere(at path: String) throws(LedgerError) -> Bool {
    guard let url = LedgerURL(path) else { return Directory.hasAnything(path) }
    return try LedgerOpening.isThere(url)
  }
}
