package import BillModel
import Synchronization
import Threads

/// How this process shares a ledger at a server with others: the work that it has, its share of the API's limit, and the
/// server's clock, which all of them go by.
///
/// What it has, it has for `lifetime`, and longer for as long as its heartbeat reaches the server (`HeartbeatLoop`). Whoever
/// finds a lease that has run out, or whose session has ended, takes the work over. So each transaction first makes sure
/// that all leases of this process are its own still, and holds them until it ends: a process that was taken for dead and
/// comes back commits nothing. And it sends nothing: `maySend` says no some time before a lease can run out.
package final class LedgerSharing: Sendable {
  /// Turns at the API that this process was given: the moment of the first on its own monotonic clock, how many, and how
  /// far apart they are, in nanoseconds.
  package struct Turns: Hashable, Sendable {
    package var first: UInt64
    package var count: Int
    package var interval: UInt64
  }

  struct State {
    /// The work that this process has, with the number under which it got it.
    var held: [Work: Int64] = [:]
    /// Until when leases certainly hold, in nanoseconds of the boot clock.
    var validUntil: UInt64 = 0
    /// Milliseconds by which the server's clock is ahead of this machine's.
    var lead: Int64
    /// Turns that are wanted: how many, and how far apart.
    var wanted: (count: Int, interval: UInt64)?
    /// Since when they are wanted, in nanoseconds of the boot clock.
    var wantedSince: UInt64 = 0
    /// Why the heartbeat doesn't reach the server; `nil` where it did when it last had to.
    var fault: LedgerError?
    /// Until when nothing may be sent by anybody, as asked of this process, in milliseconds from now.
    var pause: Int64?
    var deliver: (@Sendable (Turns) -> Void)?
  }

  /// A number of this process's own: nobody else ever has the same.
  let owner: String
  /// By which people know it: `billdrop 4711@host`.
  let holder: String
  /// The number of the lock that says that this process's session lives.
  let session: Int64
  let path: String
  let state: Mutex<State>
  let bell: WakeBell?

  /// - Parameter lead: Milliseconds by which the server's clock is ahead of this machine's.
  init(path: String, holder: String, lead: Int64) {
    self.path = path
    self.holder = holder
    owner = String(UInt64.random(in: .min ... .max), radix: 16) + String(UInt64.random(in: .min ... .max), radix: 16)
    session = Int64.random(in: 1 ... .max)
    state = Mutex(State(lead: lead))
    bell = WakeBell()
  }

  /// How long a lease lasts without a sign of life, in milliseconds.
  static let lifetime: Int64 = LeaseTimes.lifetime
  /// After so many seconds a lease that was met is renewed, or free: its holder lives or is dead.
  package static let secondsUntilProven = Double(lifetime + 1_000) / 1000
  /// How long before that nothing is sent any more, in milliseconds: for what is on its way, and for slow clocks.
  static let margin = lifetime / 3
  /// Milliseconds between two signs of life.
  static let beat = lifetime / 6

  /// By how many milliseconds clocks may differ and count as alike: what was measured is older by the way to the server.
  static let likeness: Int64 = 1_000

  /// In SQL: the server's time, in milliseconds since 1970.
  static let now = "(extract(epoch FROM clock_timestamp()) * 1000)::bigint"
  /// In SQL, of a row of `work_lease`: its holder has given no sign of life for too long, or its session has ended.
  static let isDead = """
    (expires_at < \(now) OR NOT EXISTS (
      SELECT 1 FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1 AND granted
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND classid::bigint = (session >> 32) AND objid::bigint = (session & 4294967295)))
    """

  /// Whether requests may go out: nobody can have taken over yet what this process has.
  package var maySend: Bool {
    state.withLock { $0.held.isEmpty || BootClock.now < $0.validUntil }
  }

  /// The server's time now, as far as this process knows it.
  package func serverTime(at now: WallTime) -> WallTime {
    now.advanced(byMilliseconds: state.withLock { $0.lead })
  }

  /// Who is told of turns; on a thread of the ledger's own.
  package func deliverTurns(to deliver: @escaping @Sendable (Turns) -> Void) { state.withLock { $0.deliver = deliver } }

  /// Asks for so many turns, so far apart; they are delivered when the server has given them. Asking again before that
  /// changes nothing.
  package func askForTurns(count: Int, interval: UInt64) {
    let isNew = state.withLock { state in
      guard state.wanted == nil else { return false }
      (state.wanted, state.wantedSince) = ((count, interval), BootClock.now)
      return true
    }
    if isNew { bell?.ring() }
  }

  /// Why turns that have been wanted for a minute don't come: the heartbeat doesn't reach the server.
  var faultOfTurns: LedgerError? {
    state.withLock { state in
      state.wanted != nil && BootClock.now > state.wantedSince + Self.patience ? state.fault : nil
    }
  }

  /// Nanoseconds for which turns may be wanted of a server that isn't reached.
  private static let patience: UInt64 = 60_000_000_000

  /// Nobody is given a turn within so many milliseconds from now.
  package func pauseAll(milliseconds: Int64) {
    state.withLock { $0.pause = max($0.pause ?? 0, milliseconds) }
    bell?.ring()
  }
}
