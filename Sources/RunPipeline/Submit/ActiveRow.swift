import BillModel
import BillPlanning
import BillSubmission
import MomentAPI

/// A row between its first request and its end.
final class ActiveRow {
  var machine: SubmissionMachine
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
  /// What the API said when it refused the row last.
  var problem: Problem?

  init(_ machine: SubmissionMachine, carries: [PartyKey]) {
    self.machine = machine
    self.carries = carries
  }

  /// Parties that are known now need no carrier.
  func learned(_ parties: [KnownParty]) {
    guard !carries.isEmpty else { return }
    carries.removeAll { key in parties.contains { $0.key == key } }
  }

  /// A row that may go now.
  convenience init(_ departure: Departure, looksFirst: Bool, billLook: BillLook? = nil) {
    let row = departure.row
    self.init(
      SubmissionMachine(
        record: row.record, bill: row.operation.bill, form: departure.form,
        origin: .fresh(epoch: row.epoch, priorAttempts: row.priorAttempts), looksFirst: looksFirst,
        billLook: billLook),
      carries: departure.carries)
  }
}

extension BillOperation {
  /// The bill that the operation is about.
  var bill: Bill {
    switch self {
    case .raise(let bill): bill
    }
  }
}
