package import BillModel
import BillSubmission

/// What a look at an unknown row found out.
package struct LookedRow: Hashable, Sendable {
  /// Record number, from 1.
  package var record: Int
  package var reference: String
  /// What the row would be settled as; `unknown` where a look can't tell.
  package var outcome: RowOutcome
  /// Why, in words; `nil` where there is nothing to say.
  package var message: String?
  /// The object's id at the API.
  package var id: String?

  init(_ settlement: RowSettlement) {
    record = settlement.record
    reference = settlement.reference
    outcome = settlement.outcome
    message = settlement.message
    id = settlement.billID
  }

  init(_ machine: any RowMachine, staysUnknown reason: String) {
    record = machine.record
    reference = machine.operation.reference
    outcome = .unknown
    message = reason
    id = nil
  }
}
