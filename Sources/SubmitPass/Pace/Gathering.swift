/// Whether a commit waits for more rows to go with it: a commit takes as long as some thirty rows of it, and writes pages that
/// the next one writes again. So it waits as long as what was committed before keeps the wire busy, and 10 ms at most.
struct Gathering {
  /// In nanoseconds.
  private static let longest: UInt64 = 10_000_000

  /// When it waits no longer, by the monotonic clock; 0 where it doesn't.
  private(set) var end: UInt64 = 0

  /// Whether the commit waits on, where there is something to commit.
  ///
  /// - Parameters:
  ///   - handed: Requests that the client has, those under way among them; of these there are `inFlight` at most.
  ///   - ahead: How many rows are committed ahead of the wire; 0: each commit goes at once.
  mutating func waits(handed: Int, inFlight: Int, ahead: Int, now: UInt64) -> Bool {
    guard ahead > 0, handed >= inFlight + ahead / 4 * 3 else { return false }
    if end == 0 { end = now + Self.longest }
    return now < end
  }

  /// The commit goes.
  mutating func stop() { end = 0 }
}
