import BillModel
import FoundationEssentials

extension RemoteObject {
  /// Reads an object of this kind from an answer's body. Most are bills, and plain.
  init(reading body: [UInt8], as subject: APIRequestKind.Subject) throws(UnreadableReason) {
    guard !body.isEmpty else { throw .empty }
    switch subject {
    case .bill:
      if let bill = RemoteBill(plain: body) { self = .bill(bill) } else { self = .bill(try Self.decode(body)) }
    case .account: self = .account(try Self.decode(body))
    case .customer: self = .customer(try Self.decode(body))
    }
    guard ObjectID.isValid(id, for: subject) else { throw .id(SanitisedText(id, limit: 80).text) }
    switch self {
    case .bill(let bill):
      try Self.check(bill.customerID, of: .customer)
      try Self.check(bill.accountID, of: .account)
    case .account(let account): try Self.check(account.customerID, of: .customer)
    case .customer: break
    }
  }

  /// Throws where what names a party is no id: it would be kept, shown, and sent with other bills.
  private static func check(_ id: String?, of kind: PartyKind) throws(UnreadableReason) {
    guard let id, !ObjectID.isValid(id, prefix: kind.idPrefix) else { return }
    throw .partyID(kind)
  }

  /// Throws where the object isn't the one that the request was about (rule 5).
  func check(against expectation: Expectation) throws(UnreadableReason) {
    if let wanted = expectation.id, wanted != id { throw .otherID(id) }
    if let wanted = expectation.reference, wanted != reference {
      throw .otherReference(reference.map { SanitisedText($0, limit: 80).text })
    }
    guard case .bill(let bill) = self else { return }
    if let wanted = expectation.amountDue, wanted != bill.amountDue { throw .otherAmount(bill.amountDue) }
    if let wanted = expectation.currency, wanted != bill.currency {
      throw .otherCurrency(bill.currency?.description)
    }
  }

  private static let decoder = JSONDecoder()

  private static func decode<Object: Decodable>(_ body: [UInt8]) throws(UnreadableReason) -> Object {
    do {
      return try decoder.decode(Object.self, from: Data(body))
    } catch let error as DecodingError {
      throw .malformed(error.place)
    } catch {
      throw .malformed("not JSON")
    }
  }
}

extension DecodingError {
  /// What is wrong and where, without a word of the body's.
  fileprivate var place: String {
    switch self {
    case .typeMismatch(_, let context): "wrong type at \(Self.pointer(context.codingPath))"
    case .valueNotFound(_, let context): "null at \(Self.pointer(context.codingPath))"
    case .keyNotFound(let key, let context): "nothing at \(Self.pointer(context.codingPath + [key]))"
    case .dataCorrupted(let context): "not JSON, or not as documented, at \(Self.pointer(context.codingPath))"
    @unknown default: "not as documented"
    }
  }

  private static func pointer(_ path: [any CodingKey]) -> String {
    path.isEmpty ? "the top" : path.map { "/\($0.stringValue)" }.joined()
  }
}
