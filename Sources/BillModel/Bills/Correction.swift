/// A bill that is to be otherwise than it was raised: it is voided, and this one raised under the next reference of its
/// series.
package struct Correction: Hashable, Sendable {
  /// The bill as it is to be, under the reference of the first one.
  package var bill: Bill
  package var series: CorrectionSeries

  package init(bill: Bill, series: CorrectionSeries = .standard) {
    self.bill = bill
    self.series = series
  }

  /// The reference of the correction of this number; 0 is the bill that is corrected.
  package func reference(_ number: Int) -> String { series.name(of: bill.reference, number) }

  /// The bill as it is to be, under the reference of the correction of this number.
  package func bill(_ number: Int) -> Bill {
    var renamed = bill
    renamed.reference = reference(number)
    return renamed
  }
}
