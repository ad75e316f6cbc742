import BillLayouts
import BillModel

/// Makes of a row about a customer or an account the values that it is to have.
struct PartyValuesBuilder: Sendable {
  private let kind: PartyKind
  private let fields: PartyFields
  private let owner: PartyFields

  init(_ kind: PartyKind, plan: RowPlan) {
    self.kind = kind
    fields = PartyFields(kind == .customer ? .customer : .account, in: plan)
    owner = PartyFields(.accountCustomer, in: plan)
  }

  /// The values, or `nil` where the row names nobody.
  func values(_ cells: RowCells) -> PartyValues? {
    guard let reference = cells.text(fields.reference) else { return nil }
    return PartyValues(
      key: PartyKey(kind, reference), name: cells.text(fields.name), email: cells.text(fields.email),
      phone: cells.text(fields.phone), currency: fields.currency(cells), balance: fields.balance(cells),
      metadata: fields.metadata.values(cells), owner: kind == .account ? owner.customer(cells) : nil)
  }
}
