package import BillModel

/// The bills that the ledger knows, in numbers.
package struct BillTotals: Hashable, Sendable {
  package var count = 0
  /// Voided by a file.
  package var voided = 0
  /// Of an amount that the ledger doesn't know.
  package var withoutAmount = 0
  /// Minor units by currency, of bills that aren't voided.
  package var billed: [CurrencyCode: Int64] = [:]
  /// Of these, what files noted as paid, at most what is due of each: before they were raised, or since.
  package var noted: [CurrencyCode: Int64] = [:]
  /// How many of these bills have something noted.
  package var withNotes = 0
  /// Rows whose fate isn't known: bills among them may exist.
  package var unresolvedRows = 0

  package init() {}
}
