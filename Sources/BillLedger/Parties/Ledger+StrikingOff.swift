package import BillModel

/// What somebody gets who strikes off a file that has changes of parties open.
package enum StruckChanges: Hashable, Sendable {
  /// So many parties of a file are open no more.
  case letGo(file: String, parties: Int)
  /// What a file sent last may still be carried out until then.
  case mayLand(file: String, until: WallTime)

  /// Whether the file is struck off.
  package var isDone: Bool { if case .letGo = self { true } else { false } }

  /// What became of it, in a sentence without its end.
  package var words: String {
    switch self {
    case .letGo(let file, let parties):
      "what \(file) had begun to change of \(parties) \(parties == 1 ? "customer or account" : "customers and accounts") "
        + "is let go"
    case .mayLand(let file, let end):
      "what \(file) sent last may still be carried out until \(end.rfc3339.prefix(16))Z: strike it off after that"
    }
  }
}

extension Ledger {
  /// Lets go of the changes of parties that a file has begun and can't go on with, since it is lost: nothing of them is sent
  /// any more, and other files may change those parties again. What became of them nobody will know. A file of which every
  /// row has its end is through with it.
  ///
  /// - Parameters:
  ///   - digits: The first 12 of the file's digest.
  ///   - landing: How long after it was sent a request may still be carried out, in milliseconds. Counted from the
  ///     last request that was begun of these changes.
  /// - Returns: `nil` where no such file has any.
  package func strikeOffChanges(
    ofFile digits: String, landing: Int64, now: WallTime
  ) throws(LedgerError) -> StruckChanges? {
    let runs = try fileRuns("lower(hex(substr(digest, 1, 6))) = ?1 ORDER BY id") { $0.bind(1, digits) }
    guard let run = runs.last(where: \.hasOpenChanges) else { return nil }
    try take(.file(run.file.digest))
    defer { giveBack(.file(run.file.digest)) }
    let changes = try openChanges(of: run.id)
    if changes.contains(where: { !$0.fields.isEmpty }) {
      let end = try lastSent(of: run.id).advanced(byMilliseconds: landing)
      if time(at: now) < end { return .mayLand(file: run.file.name, until: end) }
    }
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database, "UPDATE party_difference SET state = 0, message = ?2 WHERE file_run = ?1 AND state = 1")
      statement.bind(1, run.id.value)
      statement.bind(2, "its file was struck off")
      try statement.run()
      try endIfThrough(run.id, now)
    }
    if try fileRun(run.id)?.isFinished ?? false { try removeStop(of: run.file.digest) }
    return .letGo(file: run.file.name, parties: changes.count)
  }

  /// When the last request of a file run's open changes was begun, at the latest.
  private func lastSent(of run: FileRunID) throws(LedgerError) -> WallTime {
    let statement = differenceStatements.lastSent
    statement.bind(1, run.value)
    defer { statement.reset() }
    guard try statement.step() else { throw unreadable("the time of a party's change") }
    return WallTime(milliseconds: statement.integer(0))
  }

  /// Ends a file run that has nothing left to send, as its rows have ended, in a transaction. Its report is not made.
  private func endIfThrough(_ id: FileRunID, _ now: WallTime) throws(LedgerError) {
    guard let run = try fileRun(id), !run.isHeld, run.rows.unresolved == 0, run.rows.unsent == 0,
      let check = try check(of: id), run.rows.settled.values.reduce(0, +) >= check.valid,
      try !hasRow(of: id, with: .correctVoidedNotRaised)
    else { return }
    let rejects = [RowOutcome.rejected, .refused, .conflict].reduce(check.invalid) { $0 + (run.rows.settled[$1] ?? 0) }
    let verdict = rejects > 0 ? Verdict.completeWithRejects : .complete
    let statement = try Statement(
      database,
      "UPDATE file_run SET sending_completed_at = coalesce(sending_completed_at, ?2), verdict = ?3 WHERE id = ?1")
    statement.bind(1, id.value)
    statement.bind(2, time(at: now).milliseconds)
    statement.bind(3, verdict.rawValue)
    try statement.run()
  }
}
