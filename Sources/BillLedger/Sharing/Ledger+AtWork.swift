import DurableFiles

extension Ledger {
  /// Whether a process has the ledger to work with it, or, of those that share it, has work: this one, or another. Where
  /// nobody can tell, one has.
  package func isAtWork() throws(LedgerError) -> Bool {
    if !isObserved { return true }
    guard LedgerURL(path) != nil else { return FileLock.isHeld(path + ".lock") }
    let statement = try Statement(database, "SELECT 1 FROM work_lease WHERE NOT \(LedgerSharing.isDead) LIMIT 1")
    defer { statement.reset() }
    return try statement.step()
  }

  /// Which other process has the ledger to work with it, for people; `nil` where none has, and of a ledger at a server.
  package var holder: String? {
    isObserved && LedgerURL(path) == nil ? FileLock.holder(of: path + ".lock") : nil
  }
}
