import BillLedger
import BillSubmission

/// What a pacer has of a limit that several processes share, and whether this process may send at all.
struct SharedPace {
  private let sharing: LedgerSharing
  /// `nil` where no rate is stated.
  private var turns: GrantedTurns?

  init(_ sharing: LedgerSharing, rate: Double?) {
    self.sharing = sharing
    turns = rate.map { GrantedTurns(rate: $0) }
  }

  /// How long nothing is looked at again while another process may have what this one had, in nanoseconds.
  private static let absence: UInt64 = 50_000_000

  /// Whether nobody can have taken over yet what this process has.
  var maySend: Bool { sharing.maySend }

  /// Whether a request may go now, as far as others are concerned.
  mutating func turn(at now: UInt64) -> RateLimiter.Turn {
    guard sharing.maySend else { return .wait(untilNs: now + Self.absence) }
    guard turns != nil else { return .go }
    let turn = turns?.turn(at: now) ?? .go
    if let wanted = turns?.ask() { sharing.askForTurns(count: wanted.count, interval: wanted.interval) }
    return turn
  }

  /// How long it is until the next turn that this process has; `nil` where it has none, and where it may go now.
  func untilNextTurn(at now: UInt64) -> UInt64? {
    guard let next = turns?.next, next > now else { return nil }
    return next - now
  }

  /// A request goes.
  mutating func use() { turns?.use() }

  mutating func take(_ granted: LedgerSharing.Turns) {
    turns?.take(first: granted.first, count: granted.count, interval: granted.interval)
  }

  /// The API asked for a pause.
  func pauseAll(milliseconds: Int64) { sharing.pauseAll(milliseconds: milliseconds) }
}
