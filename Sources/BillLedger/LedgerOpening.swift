import BillModel
import DurableFiles

/// The database of a ledger, opened, at the newest version and found to be the right one.
struct LedgerOpening {
  /// By which the ledger is named: its file with links resolved, or the address of a server without secrets.
  let path: String
  let database: Database
  /// Keeps other processes from the file; `nil` where it is only looked at, and where a server keeps them off.
  let lock: FileLock?
  /// What is written, where the lock is held.
  var files: LedgerFiles?
  let environment: EnvironmentStamp
  let latestTime: WallTime
  /// How it is shared, where it is.
  var sharing: LedgerSharing?
  /// What keeps this process's leases alive.
  var heartbeat: AnyObject?
}

extension LedgerOpening {
  /// The ledger in a file; made for `environment` where there is none.
  static func file(
    _ path: String, environment: EnvironmentStamp?, now: WallTime, migrations: [Migration]
  ) throws(LedgerError) -> Self {
    let place = try LedgerPlace(path: path, makesFolder: environment != nil)
    let lock: FileLock
    do throws(FileLock.Failure) {
      lock = try FileLock(path: place.path + ".lock")
    } catch {
      throw LedgerError(error, path: place.path)
    }
    if try place.holdsDatabase(knownVersion: migrations.count) == false {
      guard let environment else { throw .notALedger(path: place.path) }
      try place.makeDatabase(environment: environment, now: now, migrations: migrations)
    }
    try place.renewLog()
    // Nothing may open the file, and close it again, while SQLite has its locks on it: see `HeldFile`.
    let isSmall = place.isSmall
    let held = try place.held()
    let database = try Database(file: place.path, namedInErrors: place.path)
    try database.prepareForLedger()
    try database.migrate(migrations)
    if isSmall { try database.quickCheck() }
    let (stamp, latest) = try database.checkStamp(environment)
    return Self(
      path: place.path, database: database, lock: lock, files: try LedgerFiles(path: place.path, database: held),
      environment: stamp, latestTime: latest)
  }

  /// The ledger in a file, to look at it.
  static func file(observing path: String) throws(LedgerError) -> Self {
    let known = Migration.all.count
    let place = try LedgerPlace(path: path, makesFolder: false)
    guard try place.holdsDatabase(knownVersion: known) else { throw .notALedger(path: path) }
    let database = try Database.observing(place.path, namedInErrors: path)
    let version = Int(try database.integer("PRAGMA user_version"))
    guard version == known else { throw .olderSchema(path: path, found: version, known: known) }
    let (stamp, latest) = try database.stamp()
    return Self(path: path, database: database, lock: nil, environment: stamp, latestTime: latest)
  }
}
