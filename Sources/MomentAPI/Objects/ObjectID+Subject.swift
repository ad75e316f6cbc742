package import BillModel

extension ObjectID {
  /// The prefix of a kind's ids, `bill_`, `bacc_` or `bcus_`.
  package static func prefix(of subject: APIRequestKind.Subject) -> String {
    switch subject {
    case .bill: "bill_"
    case .account: PartyKind.account.idPrefix
    case .customer: PartyKind.customer.idPrefix
    }
  }

  /// Whether a text is an id of this kind.
  package static func isValid(_ text: String, for subject: APIRequestKind.Subject) -> Bool {
    isValid(text, prefix: prefix(of: subject))
  }

  /// Whether a text begins like an id of any kind, so that a path could not say which of the two it means.
  package static func isAmbiguous(_ reference: String) -> Bool {
    reference.hasPrefix("bill_") || reference.hasPrefix("bacc_") || reference.hasPrefix("bcus_")
  }
}
