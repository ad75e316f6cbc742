import BillModel

/// Makes of a row that keeps the rules what it asks for.
struct OperationBuilder: Sendable {
  let plan: RowPlan
  private let bill: [Int]

  init(plan: RowPlan) {
    self.plan = plan
    bill = plan.columns.indices.filter { plan.columns[$0].isMetadata && plan.columns[$0].path?.owner == .bill }
  }

  /// The operation, or `nil` where the row lacks what every bill has.
  func operation(_ cells: RowCells) -> BillOperation? {
    guard let reference = cells.text(plan.reference), let money = plan.money(cells), let party = party(cells) else {
      return nil
    }
    return .raise(
      Bill(
        reference: reference, currency: money.currency, amountDue: money.amount, billDate: date(plan.billDate, cells),
        dueDate: date(plan.dueDate, cells), party: party, metadata: metadata(bill, cells)))
  }

  private func party(_ cells: RowCells) -> BillParty? {
    if let id = cells.text(column(.account, .id)) { return .accountID(id) }
    if let id = cells.text(column(.customer, .id)) { return .customerID(id) }
    if let account = plan.account, let reference = cells.text(account.reference) {
      guard let owner = customer(plan.accountCustomer, .accountCustomer, cells) else { return nil }
      return .account(
        Account(
          reference: reference, name: cells.text(column(.account, .name)),
          currency: currency(.account, cells), balance: balance(.account, cells),
          metadata: metadata(metadataColumns(.account), cells), customer: owner))
    }
    return customer(plan.customer, .customer, cells).map { .customer($0) }
  }

  private func customer(_ party: PartyColumns?, _ owner: FieldPath.Owner, _ cells: RowCells) -> Customer? {
    guard let party, let reference = cells.text(party.reference) else { return nil }
    return Customer(
      reference: reference, name: cells.text(column(owner, .name)), email: cells.text(column(owner, .email)),
      phone: cells.text(column(owner, .phone)), currency: currency(owner, cells), balance: balance(owner, cells),
      metadata: metadata(metadataColumns(owner), cells))
  }

  private func column(_ owner: FieldPath.Owner, _ attribute: FieldPath.Attribute) -> Int? {
    plan.columns.firstIndex { $0.path?.owner == owner && $0.path?.attribute == attribute }
  }

  private func metadataColumns(_ owner: FieldPath.Owner) -> [Int] {
    plan.metadata.filter { plan.columns[$0].path?.owner == owner }
  }

  private func currency(_ owner: FieldPath.Owner, _ cells: RowCells) -> CurrencyCode? {
    column(owner, .currency).flatMap { CurrencyCode(cells[$0]) }
  }

  private func balance(_ owner: FieldPath.Owner, _ cells: RowCells) -> Int64? {
    column(owner, .balance).flatMap { RowPlan.integer(cells[$0]) }
  }

  private func date(_ column: Int?, _ cells: RowCells) -> CivilDate? {
    guard let column, cells[column].count == 10 else { return nil }
    let parts = cells[column].split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return nil }
    let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1) - 48 } }
    return CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
  }

  private func metadata(_ columns: [Int], _ cells: RowCells) -> Metadata {
    var pairs = Metadata()
    for column in columns {
      guard let value = cells.text(column), case .metadata(let key) = plan.columns[column].path?.attribute else {
        continue
      }
      pairs.append(key: key, value: value)
    }
    return pairs
  }
}
