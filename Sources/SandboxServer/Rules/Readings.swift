/// How the sandbox takes what the API's documentation leaves open. The first of each list is what it does unless told.
package struct Readings: Sendable {
  /// A nested object whose reference exists.
  package enum Nested: String, CaseIterable, Sendable { case conflict, adopt, update, unprocessable = "422" }
  /// A used key that comes with another request.
  package enum ReusedKey: String, CaseIterable, Sendable { case conflict = "409", unprocessable = "422", ignore }
  /// Voiding what is voided already.
  package enum VoidTwice: String, CaseIterable, Sendable { case accepted = "200", conflict = "409" }
  /// How much a problem says.
  package enum Detail: String, CaseIterable, Sendable { case exact, vague }
  /// What an answer says of the limit.
  package enum RateHeaders: String, CaseIterable, Sendable {
    case none
    case retryAfter = "retry-after"
    /// As `retryAfter`, with the date of that moment instead of seconds.
    case retryAfterDate = "retry-after-date"
    case rateLimit = "ratelimit"
    case xRateLimit = "x-ratelimit"
    case all
  }

  /// Whom the event about a payment on a bill names.
  package enum EventNames: String, CaseIterable, Sendable {
    case bill
    /// The account that the bill was raised on, or the customer.
    case party
  }

  package var nested = Nested.conflict
  package var reusedKey = ReusedKey.conflict
  /// Whether a 429 is kept under its key.
  package var stores429 = false
  /// Whether a 401 is kept under its key.
  package var stores401 = false
  /// Whether a bill takes the external reference of a customer or account as a string.
  package var stringReferences = false
  package var voidTwice = VoidTwice.accepted
  package var detail = Detail.exact
  package var rateHeaders = RateHeaders.none
  /// Whether answers carry payment_rules.
  package var paymentRules = true
  package var eventNames = EventNames.bill

  package init() {}
}
