import CSQLite

/// What a ledger needs of the machine.
extension Ledger {
  /// SQLite's version, as it is on this machine.
  package static var libraryVersion: String { String(cString: sqlite3_libversion()) }

  /// Whether a folder is on a network file system, where no ledger may lie.
  package static func isOnNetwork(_ folder: String) -> Bool { NetworkFileSystem.holds(folder + "/ledger") }
}
