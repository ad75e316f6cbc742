package import BillModel

/// What a merchant's bills must keep beyond the schema.
package struct MerchantRules: Hashable, Sendable {
  /// A JSON Schema that tightens the bill's, as text; empty where nothing is tightened.
  package var schema: String = ""
  /// The paths that every bill must have beyond those that the schema requires.
  package var required: [String] = []
  /// The currencies allowed; empty where all are.
  package var currencies: [CurrencyCode] = []
  /// The due date is at most so many days after the bill's date.
  package var dueWithinDays: Int?
  /// Where more than this share of the rows is bad, the file is rejected, in millionths.
  package var badRowsPerMillion: Int?
  /// What becomes of rows of bills whose amount is 0, and of those whose amount is less.
  package var zeroBills = BillRouting.refuse
  package var negativeBills = BillRouting.refuse
  /// How corrected bills are called.
  package var corrections = CorrectionSeries.standard

  package init() {}

  /// What becomes of a row that stands, instead of a bill; `nil` where its amount is that of one.
  package func routing(of amount: Int64) -> BillRouting? {
    amount > 0 ? nil : amount < 0 && negativeBills == .balance ? .balance : .skip
  }
}
