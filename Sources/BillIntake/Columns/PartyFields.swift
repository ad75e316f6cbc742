import BillLayouts
import BillModel

/// The columns of one party by field, to make its value of.
struct PartyFields: Sendable {
  let reference: Int?
  let name: Int?
  let metadata: MetadataColumns
  let email: Int?
  let phone: Int?
  private let currency: Int?
  private let balance: Int?

  init(_ owner: FieldPath.Owner, in plan: RowPlan) {
    reference = plan.column(owner, .reference)
    name = plan.column(owner, .name)
    email = plan.column(owner, .email)
    phone = plan.column(owner, .phone)
    currency = plan.column(owner, .currency)
    balance = plan.column(owner, .balance)
    metadata = MetadataColumns(owner, in: plan)
  }

  /// The customer that the columns describe; `nil` where its reference is empty.
  func customer(_ cells: RowCells) -> Customer? {
    guard let reference = cells.text(reference) else { return nil }
    return Customer(
      reference: reference, name: cells.text(name), email: cells.text(email), phone: cells.text(phone),
      currency: currency(cells), balance: balance(cells), metadata: metadata.values(cells))
  }

  func currency(_ cells: RowCells) -> CurrencyCode? { currency.flatMap { CurrencyCode(cells[$0]) } }

  func balance(_ cells: RowCells) -> Int64? { balance.flatMap { RowPlan.integer(cells[$0]) } }
}

extension RowPlan {
  /// The column of a field, or `nil` where the file has none.
  func column(_ owner: FieldPath.Owner, _ attribute: FieldPath.Attribute) -> Int? {
    columns.firstIndex { $0.path?.owner == owner && $0.path?.attribute == attribute }
  }
}
