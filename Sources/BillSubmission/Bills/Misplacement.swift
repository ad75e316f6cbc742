import BillModel
import MomentAPI

/// A bill that the API raised elsewhere than it was asked to.
struct Misplacement: Hashable {
  /// The field that names the party, as an API path.
  var field: String
  var message: String

  /// What of an accepted bill's party is not as it was sent; `nil` where nothing contradicts it. What the answer
  /// doesn't tell is not held against it.
  init?(_ remote: RemoteBill, sent form: BodyForm, of party: BillParty) {
    switch form {
    case .account(let id):
      guard let theirs = remote.accountID, theirs != id else { return nil }
      self.init(field: "account", message: "the API raised the bill on the account \(theirs), and was asked for \(id)")
    case .customer(let id):
      guard remote.accountID != nil || (remote.customerID ?? id) != id else { return nil }
      self.init(
        field: "customer",
        message: "the API raised the bill on \(remote.accountID ?? remote.customerID ?? ""), and was asked for \(id)")
    case .accountUnder(let id):
      guard let theirs = remote.customerID, theirs != id else { return nil }
      self = Self.otherOwner
    case .nested:
      guard let theirs = remote.customerReference, let ours = party.customerReference, theirs != ours else {
        return nil
      }
      self = party.accountReference == nil ? Self.otherCustomer : Self.otherOwner
    case .change: return nil
    }
  }

  private init(field: String, message: String) { (self.field, self.message) = (field, message) }

  private static let otherOwner = Self(
    field: "account.customer.external_reference",
    message:
      "the API raised the bill on an account of this reference that belongs to another customer than the row says")
  private static let otherCustomer = Self(
    field: "customer.external_reference", message: "the API raised the bill on another customer than the row says")
}
