package import BillModel

/// What an answer's header fields say of the API's rate limit, read tolerantly: a value that makes no sense says nothing.
///
/// - `RateLimit-Policy: "burst";q=100;w=1` and `RateLimit: "burst";r=3;t=1` (draft-ietf-httpapi-ratelimit-headers); of
///   its earlier drafts also `100;w=1`, `limit=100, remaining=3, reset=1` and `RateLimit-Limit`, `-Remaining`, `-Reset`.
/// - `X-RateLimit-Limit`, `-Remaining`, `-Reset` and `X-Rate-Limit-…` (no standard): a reset is seconds from now, or a
///   moment in seconds or milliseconds since 1970, or a date. A limit without its window says nothing.
package struct RateAdvice: Hashable, Sendable {
  /// Requests a second that are allowed in the long run, above 0: of the policies whose window is at most a minute the
  /// tightest. A longer window is no pace: it may be used up as fast as one likes.
  package private(set) var rate: Double?
  /// For how long nothing may be sent, since nothing is left; milliseconds, 1 to a day.
  package private(set) var pause: Int64?

  /// `header` gives the value of a field by its name, in any case; `now` is the server's clock where it is known.
  package init(header: (String) -> String?, now: WallTime) {
    for name in ["RateLimit-Policy", "RateLimit-Limit", "X-RateLimit-Limit", "X-Rate-Limit-Limit"] {
      for item in Self.items(header(name)) { take(policy: item) }
    }
    for item in Self.items(header("RateLimit")) where item.number("r") == 0 { wait(item.number("t")) }
    takeDraft6(Self.items(header("RateLimit")))
    for prefix in ["RateLimit-", "X-RateLimit-", "X-Rate-Limit-"] where Self.isZero(header(prefix + "Remaining")) {
      wait(untilReset: header(prefix + "Reset"), now)
    }
  }

  /// Longer values are no advice but an attack, or a mistake.
  private static let longest = 1024
  private static let day: Int64 = 86_400_000

  private static func items(_ value: String?) -> [RateAdviceItem] {
    guard let value, value.utf8.count <= longest else { return [] }
    return RateAdviceItem.list(value)
  }

  private mutating func take(policy item: RateAdviceItem) {
    guard item.unit == nil || item.unit == "request" || item.unit == "requests" else { return }
    guard let quota = item.number("q") ?? item.leading, let window = item.number("w"), quota > 0,
      (1...60).contains(window)
    else { return }
    rate = min(rate ?? .infinity, Double(quota) / Double(window))
  }

  private mutating func takeDraft6(_ items: [RateAdviceItem]) {
    guard items.contains(where: { $0.number("remaining") == 0 }) else { return }
    for item in items { wait(item.number("reset")) }
  }

  private mutating func wait(_ seconds: Int?) {
    guard let seconds, seconds > 0 else { return }
    pause = max(pause ?? 0, min(Int64(min(seconds, 86_400)) * 1000, Self.day))
  }

  private mutating func wait(untilReset value: String?, _ now: WallTime) {
    guard let value, value.utf8.count <= Self.longest else { return }
    if let date = HTTPDate(value, receivedAt: now) { return wait(until: date.time.milliseconds, now) }
    guard let number = DecimalDigits.value(of: RateAdviceItem.trimmed(value[...]).utf8) else { return }
    switch number {
    case ..<1_000_000_000: wait(number)
    case ..<100_000_000_000: wait(until: Int64(number) * 1000, now)
    default: wait(until: Int64(number), now)
    }
  }

  private mutating func wait(until moment: Int64, _ now: WallTime) {
    guard moment > now.milliseconds else { return }
    let (length, isAbsurd) = moment.subtractingReportingOverflow(now.milliseconds)
    pause = max(pause ?? 0, isAbsurd ? Self.day : min(length, Self.day))
  }

  private static func isZero(_ value: String?) -> Bool {
    guard let value, value.utf8.count <= longest else { return false }
    return DecimalDigits.value(of: RateAdviceItem.trimmed(value[...]).utf8) == 0
  }
}
