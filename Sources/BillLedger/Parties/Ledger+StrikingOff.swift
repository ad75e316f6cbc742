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
  /// any more, and other files may change those parties again. What became of them nobody will know.
  ///
  /// - Parameters:
  ///   - digits: The first 12 of the file's digest.
  ///   - landing: How long after it was sent a request may still be carried out, in milliseconds. Counted from what the
  ///     ledger has of the last request of a row.
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
      let end = try lastSent(of: run).advanced(byMilliseconds: landing)
      if time(at: now) < end { return .mayLand(file: run.file.name, until: end) }
    }
    try database.transaction { () throws(LedgerError) in
      try note(now)
      let statement = try Statement(
        database, "UPDATE party_difference SET state = 0, message = ?2 WHERE file_run = ?1 AND state = 1")
      statement.bind(1, run.id.value)
      statement.bind(2, "its file was struck off")
      try statement.run()
    }
    return .letGo(file: run.file.name, parties: changes.count)
  }

  /// When a row of a file run began its last request, as far as the ledger knows; of one that sent none, when it began.
  private func lastSent(of run: FileRun) throws(LedgerError) -> WallTime {
    let statement = try Statement(database, "SELECT max(first_sent_at) FROM file_row WHERE file_run = ?1")
    statement.bind(1, run.id.value)
    defer { statement.reset() }
    guard try statement.step(), !statement.isNull(0) else { return run.startedAt }
    return max(run.startedAt, WallTime(milliseconds: statement.integer(0)))
  }
}
