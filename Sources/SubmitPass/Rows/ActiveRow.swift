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
  /// The ledger has an intent of it, or is to have it with the next commit; or the row had its end, and is looked at again.
  var hasBegun: Bool

  private final class KeptSights {
    var sights = RowSights()
  }

  private var kept: KeptSights?

  /// Whether it has come by anything that most rows don't.
  var hasSights: Bool { kept != nil }

  var sights: RowSights {
    get { kept?.sights ?? RowSights() }
    set {
      if kept == nil { kept = KeptSights() }
      kept?.sights = newValue
    }
  }

  init(_ machine: any RowMachine, carries: [PartyKey], hasBegun: Bool = false) {
    self.machine = machine
    self.hasBegun = hasBegun
    (record, operation) = (machine.record, machine.operation)
    self.carries = carries
  }

  /// Takes in a bill as it is when the row comes by it.
  func see(_ bill: RemoteBill, as reference: String) {
    sights.seen = bill
    sights.bills[reference] = bill
  }

  /// Parties that are known now need no carrier.
  func learned(_ parties: [KnownParty]) {
    guard !carries.isEmpty else { return }
    carries.removeAll { key in parties.contains { $0.key == key } }
  }

  /// A row that may go now.
  convenience init(
    _ departure: Departure, looksFirst: Bool, billLook: BillLook? = nil, history: SeriesHistory = SeriesHistory()
  ) {
    let row = departure.row
    let origin = SubmissionOrigin.fresh(epoch: row.epoch, priorAttempts: row.priorAttempts)
    self.init(
      row.operation.machine(
        row.record, departure.form, origin, doubt: row.doubt, looksFirst: looksFirst, billLook: billLook,
        history: history),
      carries: departure.carries)
  }
}
