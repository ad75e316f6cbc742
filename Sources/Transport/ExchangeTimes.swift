/// How long an exchange may take, and a connection may idle, in nanoseconds.
struct ExchangeTimes {
  let total: UInt64
  private let stall: UInt64
  let mostIdle: UInt64 = 30_000_000_000

  init(_ options: HTTPClientOptions) {
    total = UInt64(options.totalTimeout.milliseconds) * 1_000_000
    let stall = UInt64(options.stallTimeout.milliseconds) * 1_000_000
    self.stall = stall == 0 ? total : stall
  }

  /// The moment at which an exchange has taken too long, or nothing of it has moved for too long.
  func deadline(begun: UInt64, moved: UInt64) -> UInt64 { min(begun + total, moved + stall) }
}
