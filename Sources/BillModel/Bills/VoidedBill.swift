/// A bill that is to be voided.
package struct VoidedBill: Hashable, Sendable {
  package var reference: String
  /// How its corrections are called: where it is voided already, the one that stands in its place is meant. `nil`: it
  /// alone.
  package var series: CorrectionSeries?

  package init(reference: String, series: CorrectionSeries? = nil) {
    self.reference = reference
    self.series = series
  }

  /// The reference of its correction of this number; 0 is the bill itself.
  package func reference(_ number: Int) -> String { series?.name(of: reference, number) ?? reference }
}
