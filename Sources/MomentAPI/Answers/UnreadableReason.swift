package import BillModel

/// Why an answer proves nothing.
package enum UnreadableReason: Error, Hashable, Sendable, CustomStringConvertible {
  /// A status that answers no such request: 1xx, 3xx, beyond 599.
  case status(Int)
  /// The body is empty.
  case empty
  /// The body is cut, not JSON, or not an object of the kind asked for; the text says where.
  case malformed(String)
  /// The object has no id of the form of its kind.
  case id(String)
  /// The party that it hangs on has an id that can't be one of its kind.
  case partyID(PartyKind)
  /// The object has another id than the one asked for.
  case otherID(String)
  /// The bill has an id that another bill, of this reference, was seen with.
  case sharedID(String, with: String)
  /// The object has another reference, or none.
  case otherReference(String?)
  /// The bill has another amount_due, in minor units, or none.
  case otherAmount(Int64?)
  /// The bill was to be voided, and isn't shown so.
  case notVoided
  /// The bill has another currency, or none.
  case otherCurrency(String?)

  package var description: String {
    switch self {
    case .status(let status) where (300..<400).contains(status):
      "status \(status) leads to another address, to which billdrop doesn't go; the endpoint may be wrong"
    case .status(let status): "status \(status) answers no such request"
    case .empty: "the body is empty"
    case .malformed(let place): "the body can't be read: \(place)"
    case .id(let id): "\"\(id)\" is no id of this kind"
    case .partyID(let kind): "what it gives as the \(kind.rawValue)'s id is none"
    case .otherID(let id): "the answer is about \(id)"
    case .sharedID(let id, let other): "the API gave the id \(id) to the bill \(other) too"
    case .otherReference(let reference): "the answer is about \(reference.map { "\"\($0)\"" } ?? "no reference")"
    case .otherAmount(let amount): "the answer has amount_due \(amount.map(String.init) ?? "missing")"
    case .notVoided: "the answer shows the bill, and not as voided"
    case .otherCurrency(let code): "the answer has currency \(code ?? "missing")"
    }
  }
}
