/// What the API answers, before any fault spoils it.
struct APIAnswer: Equatable, Sendable {
  let status: UInt16
  let body: [UInt8]
  /// It was stored under the request's key and comes again.
  var replayed = false
  /// The methods that the path takes, where it doesn't take the request's.
  var allowed: String?
}
