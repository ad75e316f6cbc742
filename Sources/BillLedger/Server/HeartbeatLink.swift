#if Postgres
  import BillModel
  import Glibc
  import Synchronization
  import Threads

  /// What the heartbeat says to the server. Its commits needn't survive a power cut of the server's: leases that it forgets
  /// run out earlier, and all connections end with it.
  final class HeartbeatLink {
    /// The server's time, in nanoseconds since 1970.
    private static let now = "((extract(epoch FROM clock_timestamp()) * 1000000)::bigint * 1000)"

    /// So many grants of one size the schedule may be ahead: three each of as many processes as there may be.
    private static let mostGrants = 64

    private let renewal, clock, turns, pause: PostgresStatement
    private var isAsynchronous = false
    private let database: PostgresDatabase

    init(_ database: PostgresDatabase) {
      self.database = database
      renewal = PostgresStatement(
        database,
        """
        UPDATE work_lease SET expires_at = \(LedgerSharing.now) + \(LedgerSharing.lifetime) WHERE owner = ?1
        RETURNING work, fence
        """)
      clock = PostgresStatement(database, "SELECT \(LedgerSharing.now)")
      // The schedule never stands further ahead of the server's clock than the longest pause, or than some grants: a clock
      // that was set back would stop everybody.
      turns = PostgresStatement(
        database,
        """
        UPDATE send_pace SET next_at = least(
          greatest(next_at, \(Self.now)),
          \(Self.now) + greatest(\(LongestPause.milliseconds * 1_000_000), \(Self.mostGrants) * CAST(?1 AS BIGINT))
        ) + CAST(?1 AS BIGINT) WHERE id = 1
        RETURNING next_at - CAST(?1 AS BIGINT), \(Self.now)
        """)
      pause = PostgresStatement(
        database, "UPDATE send_pace SET next_at = greatest(next_at, \(Self.now) + CAST(?1 AS BIGINT)) WHERE id = 1")
    }

    /// Does what is to be done now.
    func serve(_ sharing: LedgerSharing, beats: Bool) throws(LedgerError) {
      if !isAsynchronous {
        try database.execute("SET synchronous_commit = off")
        isAsynchronous = true
      }
      if beats { try beat(sharing) }
      if let milliseconds = sharing.state.withLock({ $0.pause }) {
        pause.bind(1, milliseconds * 1_000_000)
        while try pause.step() {}
        sharing.state.withLock { $0.pause = nil }
      }
      if let wanted = sharing.state.withLock({ $0.wanted }) { try fetch(wanted, sharing) }
    }

    /// Renews all leases of this process, and looks at the server's clock.
    func beat(_ sharing: LedgerSharing) throws(LedgerError) {
      let before = BootClock.now
      let held = sharing.state.withLock { $0.held }
      renewal.bind(1, sharing.owner)
      var renewed: [String: Int64] = [:]
      while try renewal.step() { renewed[renewal.text(0) ?? ""] = renewal.integer(1) }
      let asked = WallTime.hostMilliseconds
      guard try clock.step() else { return }
      let lead = clock.integer(0) - (asked + WallTime.hostMilliseconds) / 2
      clock.reset()
      sharing.state.withLock { state in
        // What was given back meanwhile, or taken, tells nothing.
        let isLost = held.contains { state.held[$0.key] == $0.value && renewed[$0.key.key] != $0.value }
        state.validUntil = isLost ? 0 : before + UInt64(LedgerSharing.lifetime - LedgerSharing.margin) * 1_000_000
        if abs(lead - state.lead) > LedgerSharing.likeness { state.lead = lead }
      }
    }

    private func fetch(_ wanted: (count: Int, interval: UInt64), _ sharing: LedgerSharing) throws(LedgerError) {
      turns.bind(1, Int64(clamping: wanted.interval.multipliedReportingOverflow(by: UInt64(wanted.count)).partialValue))
      guard try turns.step() else { throw .corrupted(path: sharing.path, detail: "it has no pace") }
      let wait = UInt64(max(0, turns.integer(0) - turns.integer(1)))
      turns.reset()
      let granted = LedgerSharing.Turns(
        first: MonotonicClock.now + wait, count: wanted.count, interval: wanted.interval)
      let deliver = sharing.state.withLock { state in
        state.wanted = nil
        return state.deliver
      }
      deliver?(granted)
    }
  }

  extension LedgerSharing {
    /// Whether there is anything to say to the server.
    func needsServer(isDue: Bool) -> Bool {
      state.withLock { $0.wanted != nil || $0.pause != nil || isDue && !$0.held.isEmpty }
    }
  }

  extension WallTime {
    /// This machine's time, in milliseconds since 1970.
    static var hostMilliseconds: Int64 {
      var time = timespec()
      clock_gettime(CLOCK_REALTIME, &time)
      return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
  }
#endif
