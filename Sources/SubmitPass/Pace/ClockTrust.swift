import BillModel

/// Whether the wall clock can be relied on (rule 4): it is not behind any time in the ledger, and not more than five
/// minutes off the server's, where the server tells.
package struct ClockTrust {
  private static let tolerance: Int64 = 300_000
  /// What of a difference is not worth a word, in milliseconds.
  private static let unremarkable: Int64 = 30_000

  /// How much the server's clock is ahead of ours, in milliseconds; `nil` where it hasn't told.
  private var lead: Int64?
  private var told: (server: WallTime, at: UInt64)?
  /// The difference that was met first and is worth a word, in milliseconds: positive where our clock is behind.
  private(set) var skew: Int64?

  /// Takes in the `Date` of an answer that came so many milliseconds ago.
  mutating func note(server: WallTime?, age: Int64 = 0, now: Moment) {
    guard let server = server?.advanced(byMilliseconds: age) else { return }
    let lead = server.milliseconds - now.wall.milliseconds
    self.lead = lead
    told = (server, now.monotonic)
    if skew == nil { skew = Self.remarkable(abs(lead)).map { _ in lead } }
  }

  /// The server's time at a moment of the monotonic clock; `nil` where it hasn't told.
  func serverNow(at moment: UInt64) -> WallTime? {
    told.map { told in
      let elapsed = moment > told.at ? (moment - told.at) / 1_000_000 : 0
      return WallTime(milliseconds: told.server.milliseconds + Int64(elapsed))
    }
  }

  /// A difference in milliseconds, where it is worth a word.
  package static func remarkable(_ difference: Int64) -> Int64? { difference > unremarkable ? difference : nil }

  func holds(now: WallTime, latestInLedger: WallTime) -> Bool {
    abs(lead ?? 0) <= Self.tolerance && now >= latestInLedger
  }
}
