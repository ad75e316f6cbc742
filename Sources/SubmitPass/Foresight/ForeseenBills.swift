package import BillIntake
import BillModel
import MomentAPI

/// Bills as they would be by then, in a plan of a file whose rows come by one bill several times: what rows before it would
/// do counts for the next one. Kept are those alone that more than one row is about.
package struct ForeseenBills {
  private var repeated: Set<Int> = []
  private var series = CorrectionSeries.standard
  private var bills: [String: RemoteBill] = [:]
  /// What would be raised in the place of each bill.
  private var inPlace: [String: String] = [:]

  init() {}

  /// Looks through the file for bills that several rows are about, by their names those too that take their places.
  package init(_ intake: Intake, _ check: FileCheck) throws(IntakeError) {
    guard [.mixed, .paymentAdded].contains(check.order.operation) else { return }
    var met: Set<Int> = []
    series = intake.corrections
    var cursor = intake.rows(check)
    while true {
      let rows = try cursor.next(limit: 1000)
      if rows.isEmpty { return }
      for case .operation(_, _, let operation) in rows where operation.changedParty == nil {
        // What a row raises in a bill's place, one behind it may name.
        for name in [operation.reference] + series.firsts(of: operation.reference)
        where !met.insert(name.hashValue).inserted { repeated.insert(name.hashValue) }
      }
    }
  }

  subscript(reference: String) -> RemoteBill? { bills.isEmpty ? nil : bills[reference] }

  /// Takes in what a row about the bill of reference `name` would make of a bill: that one, or one in its place.
  mutating func note(_ bill: RemoteBill, as reference: String, of name: String) {
    guard !repeated.isEmpty,
      repeated.contains(name.hashValue) || series.firsts(of: name).contains(where: { repeated.contains($0.hashValue) })
    else { return }
    bills[reference] = bill
  }

  /// A row would raise this bill in the place of the bill `voided`.
  mutating func noteRaisedInPlace(_ bill: RemoteBill, as reference: String, of name: String, voided: String?) {
    note(bill, as: reference, of: name)
    if let voided, bills[reference] != nil { inPlace[voided] = reference }
  }

  /// What a row before would raise in the place of a bill.
  func inPlace(of reference: String) -> String? { inPlace.isEmpty ? nil : inPlace[reference] }
}

extension RemoteBill {
  /// A bill as it would be once it is raised, under an id that no bill has: on the parties that a form names by their ids,
  /// else on those that it describes.
  init(raising bill: Bill, _ form: BodyForm) {
    self.init(
      id: "planned", reference: bill.reference, currency: bill.currency, amountDue: bill.amountDue, amountPaid: 0,
      amountRemaining: bill.amountDue, billDate: bill.billDate, dueDate: bill.dueDate, status: .unpaid,
      metadata: Dictionary(bill.metadata.pairs.map { ($0.key, $0.value) }) { $1 })
    switch bill.party {
    case .customer(let customer): customerReference = customer.reference
    case .customerID(let id): customerID = id
    case .account(let account): (accountReference, customerReference) = (account.reference, account.customer.reference)
    case .accountID(let id): accountID = id
    }
    switch form {
    case .account(let id): accountID = id
    case .customer(let id), .accountUnder(let id): customerID = id
    case .nested, .change: break
    }
  }

  /// The bill with so much paid in all.
  func paid(_ total: Int64, _ metadata: Metadata) -> Self {
    var bill = self
    bill.amountPaid = total
    bill.amountRemaining = amountDue.map { $0 - total }
    if let due = amountDue { bill.status = total >= due ? .paid : .unpaid }
    for pair in metadata.pairs { bill.metadata[pair.key] = pair.value }
    return bill
  }

  var voided: Self {
    var bill = self
    bill.status = .voided
    return bill
  }
}
