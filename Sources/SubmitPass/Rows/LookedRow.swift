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

  /// What it names, in minor units; `nil` where it names no money.
  package var amount: Int64?
  package var currency: CurrencyCode?

  init(_ settlement: RowSettlement, _ operation: BillOperation?) {
    record = settlement.record
    reference = settlement.reference
    outcome = settlement.outcome
    message = settlement.message
    id = settlement.billID
    amount = operation?.money?.amount
    currency = operation?.money?.currency
  }

  init(_ machine: any RowMachine, staysUnknown reason: String) {
    record = machine.record
    reference = machine.operation.reference
    outcome = .unknown
    message = reason
    id = nil
    amount = machine.operation.money?.amount
    currency = machine.operation.money?.currency
  }
}
