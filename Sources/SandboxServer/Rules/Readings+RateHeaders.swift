extension Readings {
  /// What an answer says of the limit, in the ways that this reading has. A limit that isn't there is told by
  /// `Retry-After` alone, on a 429.
  ///
  /// - Parameters:
  ///   - reset: seconds until there is room again.
  ///   - now: milliseconds since 1970, by the sandbox's clock.
  func rateHeaders(
    status: UInt16, limit: Int? = nil, remaining: Int = 0, reset: Int = 1, now: Int64 = 0
  ) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    if status == 429, rateHeaders == .retryAfter || rateHeaders == .all {
      headers.append(("Retry-After", String(reset)))
    }
    if status == 429, rateHeaders == .retryAfterDate {
      headers.append(("Retry-After", HTTPDate.text(now + Int64(reset) * 1000)))
    }
    guard let limit else { return headers }
    if rateHeaders == .rateLimit || rateHeaders == .all {
      headers.append(("RateLimit-Policy", "\"default\";q=\(limit);w=1"))
      headers.append(("RateLimit", "\"default\";r=\(remaining);t=\(reset)"))
    }
    if rateHeaders == .xRateLimit || rateHeaders == .all {
      headers.append(("X-RateLimit-Limit", String(limit)))
      headers.append(("X-RateLimit-Remaining", String(remaining)))
      headers.append(("X-RateLimit-Reset", String(reset)))
    }
    return headers
  }
}
