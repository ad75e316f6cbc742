extension Readings {
  /// What an answer says of the limit, in the ways that this reading has. A limit that isn't there is told by
  /// `Retry-After` alone, on a 429.
  ///
  /// - Parameter reset: seconds until there is room again.
  func rateHeaders(
    status: UInt16, limit: Int? = nil, remaining: Int = 0, reset: Int = 1
  ) -> [(name: String, value: String)] {
    var headers: [(name: String, value: String)] = []
    if status == 429, rateHeaders == .retryAfter || rateHeaders == .all {
      headers.append(("Retry-After", String(reset)))
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
