/// What the ledger knows of a bill and of those that may have taken its place. Their names alone prove nothing: a customer
/// may have a bill of its own that is called `INV-1-R1`.
package struct SeriesHistory: Hashable, Sendable {
  /// What a bill of the series is.
  package enum Standing: Hashable, Sendable {
    /// A row of this ledger has raised it in the place of the one before it.
    case inPlace
    /// A row of this ledger has raised it for itself.
    case another
    /// This ledger can't tell.
    case unknown
  }

  /// An earlier try of ours has voided the bill, and raised nothing in its place.
  package var isVoidedByUs = false
  /// So many bills of the series, from the first one on, each took the place of the one before it.
  package var corrections = 0
  /// The one after these is another bill.
  package var endsBeforeAnother = false

  package init(isVoidedByUs: Bool = false, corrections: Int = 0, endsBeforeAnother: Bool = false) {
    self.isVoidedByUs = isVoidedByUs
    self.corrections = corrections
    self.endsBeforeAnother = endsBeforeAnother
  }

  /// What the bill of this number is; of 0, the bill itself, nothing is asked.
  package func standing(of number: Int) -> Standing {
    if number <= corrections { return .inPlace }
    return endsBeforeAnother && number == corrections + 1 ? .another : .unknown
  }
}
