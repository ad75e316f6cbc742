package import BillModel

/// A row as the report tells it.
package struct ReportRow: Sendable {
  /// Record number, from 1.
  package var record: Int
  /// Physical line, from 1.
  package var line: Int
  /// Empty where the row's reference can't be read.
  package var reference: String
  package var outcome: RowOutcome
  package var code: FindingCode?
  package var field: String?
  package var message: String?
  /// The bill's id at the API.
  package var id: String?
  /// Requests sent for the row.
  package var attempts: Int
  /// Minor units of `currency`; `nil` where amount or currency can't be read.
  package var amount: Int64?
  package var currency: CurrencyCode?
  /// What the row asks for; `nil` where it doesn't say.
  package var operation: OperationKind?
  /// Of a plan: what says that the row becomes so.
  package var foreseenBy: String?

  package init(
    record: Int, line: Int, reference: String, outcome: RowOutcome, code: FindingCode? = nil, field: String? = nil,
    message: String? = nil, id: String? = nil, attempts: Int = 0, amount: Int64? = nil, currency: CurrencyCode? = nil
  ) {
    self.record = record
    self.line = line
    self.reference = reference
    self.outcome = outcome
    self.code = code
    self.field = field
    self.message = message
    self.id = id
    self.attempts = attempts
    self.amount = amount
    self.currency = currency
  }
}
