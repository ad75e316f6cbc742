package import BillModel
import DurableFiles
import Hashing

/// What is durably known of files, rows, bills and parties. One method is one transaction.
///
/// SQLite in WAL mode, synchronous FULL: what a method has returned from survives a kill and a power cut. One process
/// at a time, by a lock on `PATH.lock` that dies with its holder. For one thread. A method that throws has changed
/// nothing, and can be called again where its cause has gone (a full disk); but see `isUsable`.
///
/// Or, in a build with the trait Postgres, PostgreSQL: the same by the server's promises, and for several processes at a
/// time, each with work of its own: see `LedgerSharing`.
/// What a method is told of the time (`now`) is this machine's, and the ledger makes the server's of it. A batch alone, by
/// `commit` and `handOver`, comes with the time that its intents go by: see `LedgerSharing.serverTime`.
/// Where the connection is lost while a commit is under way, its method throws `connectionLost` and may have changed
/// all that it was to change: who opens the ledger next reads which.
///
/// What is checked when: at every opening the file's header, its length against the header's count of pages (where no
/// WAL is left that could hold the rest), whose file it is, its version and its environment; the whole structure
/// (PRAGMA quick_check) only of files up to 16 MB, since it reads every page, or by `checkIntegrity()`. While running,
/// SQLite checks each cell that it reads. Recovery of a WAL after a kill checks each frame's sum.
package final class Ledger {
  /// The database's file, with links in its folder resolved; of a server its address, without secrets.
  package let path: String
  /// The latest wall time that the ledger holds: a clock behind it can't be trusted.
  package internal(set) var latestTime: WallTime

  /// What is behind `tables`, without a wait.
  let heldTables: LedgerTables
  /// Waits until the batch that was handed over is written; `nil` where none is under way.
  private var waitsForBatch: (() -> Void)?
  /// Whether the next read begins a transaction of several, and whether one is begun.
  private var (readsTogether, isReading) = (false, false)
  /// `nil` where the ledger is only looked at, and at a server.
  private let lock: FileLock?
  /// What it writes; `nil` as the lock.
  let files: LedgerFiles?
  /// How the ledger is shared with other processes; `nil` for one in a file, and one that is only looked at.
  package let sharing: LedgerSharing?
  private let heartbeat: AnyObject?
  /// Whether commits don't wait for the disk: see `commitAhead`.
  var commitsAhead = false
  /// Whether it is only looked at: nothing that writes may be called.
  package var isObserved: Bool { lock == nil && sharing == nil }
  /// Whose bills it holds.
  package let environment: EnvironmentStamp

  /// Opens the ledger at `path`, or makes one for `environment` where there is none (its folder with mode 0700, the
  /// file with 0600). `path` may be the address of a server: see `LedgerURL`.
  package convenience init(path: String, environment: EnvironmentStamp, now: WallTime) throws(LedgerError) {
    try self.init(path: path, environment: environment, now: now, migrations: Migration.all)
  }

  /// Opens the ledger that is at `path`, whatever environment it belongs to: to read what it knows.
  package convenience init(existing path: String, now: WallTime) throws(LedgerError) {
    try self.init(path: path, environment: nil, now: now, migrations: Migration.all)
  }

  /// As above, with the steps that make the schema stated: for the tests of steps. `environment`: `nil` takes any that
  /// is there.
  convenience init(
    path: String, environment: EnvironmentStamp?, now: WallTime, migrations: [Migration]
  ) throws(LedgerError) {
    if let url = LedgerURL(path) {
      try self.init(.server(url, environment: environment, migrations: migrations))
    } else {
      try self.init(.file(path, environment: environment, now: now, migrations: migrations))
    }
  }

  /// Opens the ledger that is at `path` to look at it: takes no lock, writes nothing, and may be used while another
  /// process writes. Each method then tells what was committed by its beginning. Nothing that writes may be called.
  package convenience init(observing path: String) throws(LedgerError) {
    if let url = LedgerURL(path) {
      try self.init(.server(observing: url))
    } else {
      try self.init(.file(observing: path))
    }
  }

  private init(_ opening: LedgerOpening) throws(LedgerError) {
    path = opening.path
    (lock, files) = (opening.lock, opening.files)
    sharing = opening.sharing
    heartbeat = opening.heartbeat
    environment = opening.environment
    latestTime = opening.latestTime
    heldTables = try LedgerTables(
      opening.database, isShared: opening.sharing != nil, isOwn: opening.lock != nil)
  }

  /// The same ledger, for the thread that writes what was handed over: it has the tables meanwhile.
  init(writingFor ledger: Ledger) {
    (path, environment, latestTime) = (ledger.path, ledger.environment, ledger.latestTime)
    (lock, files, sharing, heartbeat) = (ledger.lock, ledger.files, ledger.sharing, ledger.heartbeat)
    heldTables = ledger.heldTables
  }

  /// Whether it can be gone on with. Not after a sync that failed, nor after the connection to its server was lost: then every
  /// method throws that, and it is to be opened anew.
  package var isUsable: Bool { heldTables.database.isUsable }

  /// The tables, for the one thread that may use them: a batch that was handed over is written before. Every method goes by
  /// this, and so reads and writes as if it had committed the batch itself.
  var tables: LedgerTables {
    waitForBatch()
    if readsTogether {
      (readsTogether, isReading) = (false, true)
      heldTables.database.beginReading()
    }
    return heldTables
  }

  /// A batch is under way from here on, at another thread; `wait` returns when it is written, or never will be.
  func begin(waitingBy wait: @escaping () -> Void) {
    waitForBatch()
    waitsForBatch = wait
  }

  /// The batch that was handed over last, if any, is written when this returns, or has failed.
  private func waitForBatch() {
    guard let wait = waitsForBatch else { return }
    wait()
    waitsForBatch = nil
  }

  /// Runs `work`, whose reads are one transaction, until it writes: many small ones cost less so.
  package func reading<Value, Fault>(_ work: () throws(Fault) -> Value) throws(Fault) -> Value {
    readsTogether = true
    defer {
      if isReading { heldTables.database.endReading() }
      (readsTogether, isReading) = (false, false)
    }
    return try work()
  }

  /// Reads the whole file and checks its structure (PRAGMA quick_check): about a second per GB. Throws `corrupted`. A
  /// server checks its own pages; here it has only to answer.
  package func checkIntegrity() throws(LedgerError) { try database.quickCheck() }
}
