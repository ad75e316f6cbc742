/// One step of the schema, from the version before it to its own. A step that was released never changes.
struct Migration {
  /// The version after this step, kept in the file's user_version; the first is 1.
  let version: Int
  let sql: String

  /// All steps, in order, each version one above the last.
  static let all = [
    first, days, doubts, parties, references, feeds, history, contents, changes, drops, mends, stages, terms, needs,
    sums, leases, carriers, ranges, coming, voids, forgotten, settings,
  ]
}

extension Database {
  /// Marks a file as ours (PRAGMA application_id): `bdLd`.
  static let applicationID: Int64 = 0x6264_4c64

  /// Runs the steps that the file hasn't seen, each in a transaction of its own with its version; of a file that has seen
  /// none all in one, which waits for the disk once.
  func migrate(_ migrations: [Migration]) throws(LedgerError) {
    let found = Int(try integer("PRAGMA user_version"))
    guard found <= migrations.count else {
      throw .newerSchema(path: path, found: found, known: migrations.count)
    }
    guard found > 0 else {
      return try transaction { () throws(LedgerError) in for migration in migrations { try run(migration) } }
    }
    for migration in migrations[found...] { try transaction { () throws(LedgerError) in try run(migration) } }
  }

  private func run(_ migration: Migration) throws(LedgerError) {
    try execute(migration.sql)
    try execute("PRAGMA user_version=\(migration.version)")
  }
}
