/// The classes into which every HTTP status falls (RFC 9110, 15; RFC 6585), by what it says of a request.
enum StatusClass: Hashable, CaseIterable {
  /// 2xx.
  case success
  /// 1xx, 3xx and what is no status: not an answer to what was asked. (Redirects are never followed.)
  case noAnswer
  /// 401, 403, 407.
  case unauthorised
  /// 404.
  case notFound
  /// 409.
  case conflict
  /// 429.
  case throttled
  /// 5xx, and the 4xx that say "try again": 408, 421, 425.
  case transient
  /// Every other 4xx.
  case refusal

  init(_ status: Int) {
    switch status {
    case 200...299: self = .success
    case 401, 403, 407: self = .unauthorised
    case 404: self = .notFound
    case 409: self = .conflict
    case 429: self = .throttled
    case 408, 421, 425, 500...599: self = .transient
    case 400...499: self = .refusal
    default: self = .noAnswer
    }
  }
}
