/// A way in which a request goes wrong on purpose.
package enum Fault: String, CaseIterable, Sendable {
  /// The connection is closed before anything is done.
  case dropBefore = "drop-before"
  /// Done, and stored under the key; the connection is closed without an answer.
  case dropAfter = "drop-after"
  /// Done, but nothing stored under the key, and closed without an answer: the repeat meets its own object.
  case dropUnstored = "drop-unstored"
  /// Done, and the true answer stored under the key, but this once answered with 500: the repeat gets what is stored.
  case errorAfter = "500-after"
  /// Done, but a 500 answered, stored under the key and replayed.
  case errorStoredAfter = "500-stored-after"
  /// Answered with 503; nothing done or stored.
  case unavailable = "503"
  /// A creation of a bill is answered with 422 and stored; nothing done.
  case refused = "422"
  /// Whatever would make or change something is answered with 402, and stored where it has a key; nothing done.
  case failed = "402"
  /// Answered with 429 as if over the limit; nothing done or stored.
  case throttled = "429"
  /// The nested customer and account are made, then 500, stored under the key and replayed. Only where something nests.
  case half
  /// As `half`, but the customer alone is made.
  case halfCustomer = "half-customer"
  /// As `half`, but nothing is stored: the repeat meets what it made itself.
  case halfUnstored = "half-unstored"
  /// As `half-unstored`, but the customer alone is made.
  case halfCustomerUnstored = "half-customer-unstored"
  /// As `half-unstored`, but the connection is closed without an answer.
  case halfDrop = "half-drop"
  /// As `half-drop`, but the customer alone is made.
  case halfCustomerDrop = "half-customer-drop"
  /// Nothing is done, and a 500 is stored under the key and replayed.
  case storedError = "500-stored"
  /// Done and stored; the right status, but with a body of HTML.
  case garbage
  /// Done and stored; the body is cut in the middle and the connection closed.
  case cut
  /// Done and stored; the body is that of another bill.
  case otherBody = "other-body"
  /// Done and stored; a creation's answer says that the bill is voided.
  case voided
  /// Done and stored; a creation's answer has the id of the first object of its kind.
  case sameID = "same-id"
  /// A question about a bill is answered with an amount that is one minor unit more.
  case altered
  /// Done and stored; a creation's answer has an id of 100,000 characters.
  case longID = "long-id"
  /// Done and stored; what a creation's answer gives as its customer's and its account's id is anything else: a key, a
  /// person, a sign that clears a terminal, a path.
  case partyID = "party-id"
  /// Answered with 409 as if the key were under way; nothing done or stored.
  case underWay = "409"
  /// Nothing done; answered with 307 to another path of this server, which the log would show.
  case redirect
  /// Closed at once, without an answer; the request lands when the time of stalls is over.
  case late
  /// Nothing comes until the time of stalls is over; the request lands only then.
  case lateHeld = "late-held"
  /// Done and stored; the answer comes when the time of stalls is over.
  case stall
  /// Done and stored; the status line and the headers take the time of stalls to come.
  case slowHeaders = "slow-headers"
  /// Done and stored; the body takes the time of stalls to come.
  case slowBody = "slow-body"

  /// Whether the fault needs something nested in the request.
  var needsNesting: Bool { nestingStop != nil }

  /// After which nested object a creation breaks off.
  var nestingStop: ObjectKind? {
    switch self {
    case .half, .halfUnstored, .halfDrop: .account
    case .halfCustomer, .halfCustomerUnstored, .halfCustomerDrop: .customer
    case .dropBefore, .dropAfter, .dropUnstored, .errorAfter, .errorStoredAfter, .unavailable, .refused, .failed,
      .throttled,
      .storedError, .garbage, .cut, .otherBody, .voided, .sameID, .longID, .partyID, .altered, .underWay, .redirect,
      .late,
      .lateHeld,
      .stall, .slowHeaders, .slowBody:
      nil
    }
  }
}
