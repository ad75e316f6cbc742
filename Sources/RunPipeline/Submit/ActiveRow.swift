import BillModel
import BillPlanning
import BillSubmission

/// A row between its first request and its end.
final class ActiveRow {
  var machine: SubmissionMachine
  /// The parties that its request creates.
  let carries: [PartyKey]

  init(_ machine: SubmissionMachine, carries: [PartyKey]) {
    self.machine = machine
    self.carries = carries
  }

  /// A row that may go now.
  convenience init(_ departure: Departure) {
    let row = departure.row
    self.init(
      SubmissionMachine(
        record: row.record, bill: row.operation.bill, form: departure.form,
        origin: .fresh(epoch: row.epoch, priorAttempts: row.priorAttempts)),
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
