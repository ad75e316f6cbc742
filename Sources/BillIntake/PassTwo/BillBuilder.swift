import BillLayouts
import BillModel

/// Makes of a row the bill that it asks for. A class, since it is looked at for each row, and large.
final class BillBuilder: Sendable {
  private let plan: RowPlan
  private let metadata: MetadataColumns
  private let accountID: Int?
  private let customerID: Int?
  private let account: PartyFields
  private let accountCustomer: PartyFields
  private let customer: PartyFields

  init(plan: RowPlan) {
    self.plan = plan
    metadata = MetadataColumns(.bill, in: plan)
    accountID = plan.column(.account, .id)
    customerID = plan.column(.customer, .id)
    account = PartyFields(.account, in: plan)
    accountCustomer = PartyFields(.accountCustomer, in: plan)
    customer = PartyFields(.customer, in: plan)
  }

  /// What raises the bill, and notes what was paid of it before; `nil` where the row lacks what every bill has.
  func operation(_ cells: RowCells) -> BillOperation? {
    guard let bill = bill(cells) else { return nil }
    switch plan.rules.routing(of: bill.amountDue) {
    case nil: break
    case .balance:
      return PartyValues(of: bill.party).map {
        .credit(Credit(reference: bill.reference, amount: bill.amountDue, currency: bill.currency, party: $0))
      }
    case .skip, .refuse:
      return .skip(SkippedBill(reference: bill.reference, currency: bill.currency, amount: bill.amountDue))
    }
    guard let column = plan.amountPaid, let paid = RowPlan.integer(cells[column]), paid > 0 else { return .raise(bill) }
    return .raisePaid(PaidBill(bill: bill, amountPaid: paid))
  }

  /// The bill, or `nil` where the row lacks what every bill has.
  func bill(_ cells: RowCells) -> Bill? {
    guard let reference = cells.text(plan.reference), let money = plan.money(cells), let party = party(cells) else {
      return nil
    }
    return Bill(
      reference: reference, currency: money.currency, amountDue: money.amount, billDate: date(plan.billDate, cells),
      dueDate: date(plan.dueDate, cells), party: party, metadata: metadata.values(cells))
  }

  private func party(_ cells: RowCells) -> BillParty? {
    if let id = cells.text(accountID) { return .accountID(id) }
    if let id = cells.text(customerID) { return .customerID(id) }
    if let reference = cells.text(account.reference) {
      guard let owner = accountCustomer.customer(cells) else { return nil }
      return .account(
        Account(
          reference: reference, name: cells.text(account.name), currency: account.currency(cells),
          balance: account.balance(cells), metadata: account.metadata.values(cells), customer: owner))
    }
    return customer.customer(cells).map { .customer($0) }
  }

  private func date(_ column: Int?, _ cells: RowCells) -> CivilDate? {
    guard let column, cells[column].count == 10 else { return nil }
    let text = cells[column]
    func number(_ range: Range<Int>) -> Int { text[range].reduce(0) { $0 * 10 + Int($1) - 48 } }
    return CivilDate(year: number(0..<4), month: number(5..<7), day: number(8..<10))
  }
}

extension PartyValues {
  /// What a bill's row says of the party that the bill would hang on; `nil` where it names one by an id.
  init?(of party: BillParty) {
    switch party {
    case .customer(let customer):
      self.init(
        key: PartyKey(.customer, customer.reference), name: customer.name, email: customer.email, phone: customer.phone,
        currency: customer.currency, balance: customer.balance, metadata: customer.metadata)
    case .account(let account):
      self.init(
        key: PartyKey(.account, account.reference), name: account.name, currency: account.currency,
        balance: account.balance, metadata: account.metadata, owner: account.customer)
    case .customerID, .accountID: return nil
    }
  }
}
