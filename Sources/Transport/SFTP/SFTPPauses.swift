/// How long to wait before a connection is tried anew: half a second, and twice as long each time, up to 15. Pure.
struct SFTPPauses {
  private let tries: Int
  private var count = 0

  init(tries: Int) { self.tries = tries }

  /// The next pause; `nil` where it was tried often enough.
  mutating func next() -> Duration? {
    count += 1
    guard count < tries else { return nil }
    return min(.milliseconds(500) * (1 << min(count - 1, 6)), .seconds(15))
  }

  /// Something has moved: what comes is a new trouble.
  mutating func reset() { count = 0 }
}
