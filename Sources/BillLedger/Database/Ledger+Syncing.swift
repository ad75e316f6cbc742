extension Ledger {
  /// From here on until `waitForDisk()` commits don't wait for the disk: what they wrote is durable after the next `sync()`
  /// of what is returned here, and every commit before it too. `nil` where commits go on to be durable by themselves: at a
  /// server, which has others to wait for.
  ///
  /// - Parameter flush: Makes a file's content durable, as `LedgerSync.flushed`; tests bring their own.
  package func commitAhead(
    flushingBy flush: @escaping @Sendable (CInt) -> CInt = { LedgerSync.flushed($0) }
  ) throws(LedgerError) -> LedgerSync? {
    guard !isShared, let trust = database.diskTrust else { return nil }
    let sync = try LedgerSync(path: path, trust, flush: flush)
    try database.execute("PRAGMA synchronous=NORMAL")
    commitsAhead = true
    return sync
  }

  /// From here on each commit is durable when its method returns, and those before it with the next one.
  package func waitForDisk() throws(LedgerError) {
    try database.execute("PRAGMA synchronous=FULL")
    commitsAhead = false
  }

  /// Does `work` so that its commits are durable when it returns, and those before them too.
  func atOnce<Value>(_ work: () throws(LedgerError) -> Value) throws(LedgerError) -> Value {
    guard commitsAhead else { return try work() }
    // SQLite changes this between transactions alone.
    database.endReading()
    try waitForDisk()
    let result = Result(catching: work)
    try database.execute("PRAGMA synchronous=NORMAL")
    commitsAhead = true
    return try result.get()
  }
}
