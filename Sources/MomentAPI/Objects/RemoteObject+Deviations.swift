package import BillModel

extension RemoteObject {
  /// Which of the values that a party is to have it shows otherwise, by their names at the API: `balance`,
  /// `metadata.area`. All of them where the object is of another kind.
  package func deviations(from values: PartyValues) -> [String] {
    switch self {
    case .customer(let theirs) where values.key.kind == .customer:
      Self.fields([
        ("name", theirs.name == values.name || values.name == nil),
        ("email", theirs.email == values.email || values.email == nil),
        ("phone", theirs.phone == values.phone || values.phone == nil),
        ("currency", theirs.currency == values.currency || values.currency == nil),
        ("balance", theirs.balance == values.balance || values.balance == nil),
      ]) + Self.metadata(theirs.metadata, values.metadata)
    case .account(let theirs) where values.key.kind == .account:
      Self.fields([
        ("name", theirs.name == values.name || values.name == nil),
        ("currency", theirs.currency == values.currency || values.currency == nil),
        ("balance", theirs.balance == values.balance || values.balance == nil),
      ]) + Self.metadata(theirs.metadata, values.metadata)
    case .customer, .account, .bill: ["external_reference"]
    }
  }

  private static func fields(_ comparisons: [(name: String, isSame: Bool)]) -> [String] {
    comparisons.filter { !$0.isSame }.map(\.name)
  }

  private static func metadata(_ theirs: [String: String], _ ours: Metadata) -> [String] {
    ours.pairs.filter { theirs[$0.key] != $0.value }.map { "metadata.\($0.key)" }
  }

  /// Its metadata; a bill's too.
  package var metadata: [String: String] {
    switch self {
    case .bill(let bill): bill.metadata
    case .account(let account): account.metadata
    case .customer(let customer): customer.metadata
    }
  }
}
