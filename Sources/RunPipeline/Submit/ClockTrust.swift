import BillModel

/// Whether the wall clock can be relied on (rule 4): it is not behind any time in the ledger, and not more than five
/// minutes off the server's, where the server tells.
struct ClockTrust {
  private static let tolerance: Int64 = 300_000
  private var agreesWithServer = true

  /// Takes in the `Date` of an answer that came now.
  mutating func note(server: WallTime?, now: WallTime) {
    guard let server else { return }
    agreesWithServer = abs(server.milliseconds - now.milliseconds) <= Self.tolerance
  }

  func holds(now: WallTime, latestInLedger: WallTime) -> Bool { agreesWithServer && now >= latestInLedger }
}
