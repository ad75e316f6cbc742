/// A way in which a request goes wrong on purpose.
package enum Fault: String, CaseIterable, Sendable {
  /// The connection is closed before anything is done.
  case dropBefore = "drop-before"
  /// Done, and stored under the key; the connection is closed without an answer.
  case dropAfter = "drop-after"
  /// Done, and the true answer stored under the key, but this once answered with 500: the repeat gets what is stored.
  case errorAfter = "500-after"
  /// Answered with 503; nothing done or stored.
  case unavailable = "503"
  /// Answered with 429 as if over the limit; nothing done or stored.
  case throttled = "429"
  /// The nested customer and account are made, then 500, stored under the key and replayed. Only where something nests.
  case half
  /// As `half`, but the customer alone is made.
  case halfCustomer = "half-customer"
  /// As `half`, but nothing is stored: the repeat meets what it made itself.
  case halfUnstored = "half-unstored"
  /// Nothing is done, and a 500 is stored under the key and replayed.
  case storedError = "500-stored"
  /// Done and stored; the right status, but with a body of HTML.
  case garbage
  /// Done and stored; the body is cut in the middle and the connection closed.
  case cut
  /// Done and stored; the body is that of another bill.
  case otherBody = "other-body"
  /// Answered with 409 as if the key were under way; nothing done or stored.
  case underWay = "409"
  /// Done and stored; the answer comes 60 seconds late.
  case stall

  /// Whether the fault needs something nested in the request.
  var needsNesting: Bool {
    switch self {
    case .half, .halfCustomer, .halfUnstored: true
    case .dropBefore, .dropAfter, .errorAfter, .unavailable, .throttled, .storedError, .garbage, .cut, .otherBody,
      .underWay, .stall:
      false
    }
  }
}
