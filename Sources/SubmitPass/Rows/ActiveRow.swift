import BillModel
import BillPlanning
import BillSubmission
import MomentAPI

/// A row between its first request and its end.
final class ActiveRow {
  var machine: any RowMachine
  /// The machine's own record and operation, which are asked for far more often than it is.
  let record: Int
  let operation: BillOperation
  /// The parties that its request creates.
  private(set) var carries: [PartyKey]
  /// Parties that it looked at.
  var compared: [PartyKey] = []
  /// Whether a party of it was looked up.
  var hasAsked = false
  /// How many questions were asked for it.
  var questions = 0
  /// Its bill, as the API showed it last.
  var seen: RemoteBill?
  /// In a plan: the customer or account that it is about, as the API showed it.
  var seenParty: KnownParty?
  /// In a plan: bills as it has seen them, by the reference that was asked for, and what it would send by then: changes,
  /// and bills that are created.
  var bills: [String: RemoteBill] = [:]
  var writes = 0
  var creations = 0
  /// Of a row that adds to a sum, what the ledger knows of that, by what the API showed last.
  var history = SumHistory()
  /// What the API said when it refused the row last.
  var problem: Problem?

  init(_ machine: any RowMachine, carries: [PartyKey]) {
    self.machine = machine
    (record, operation) = (machine.record, machine.operation)
    self.carries = carries
  }

  /// Takes in a bill as it is when the row comes by it.
  func see(_ bill: RemoteBill, as reference: String) {
    seen = bill
    bills[reference] = bill
  }

  /// Parties that are known now need no carrier.
  func learned(_ parties: [KnownParty]) {
    guard !carries.isEmpty else { return }
    carries.removeAll { key in parties.contains { $0.key == key } }
  }

  /// A row that may go now.
  convenience init(_ departure: Departure, looksFirst: Bool, billLook: BillLook? = nil, isVoidedByUs: Bool = false) {
    let row = departure.row
    let origin = SubmissionOrigin.fresh(epoch: row.epoch, priorAttempts: row.priorAttempts)
    self.init(
      row.operation.machine(
        row.record, departure.form, origin, doubt: row.doubt, looksFirst: looksFirst, billLook: billLook,
        isVoidedByUs: isVoidedByUs),
      carries: departure.carries)
  }
}
