/// Why a file can't be used as Moment's reconciliation report.
package enum MomentReportError: Error, Hashable, Sendable {
  /// No line has the headings of one.
  case noHeadings
  /// The columns of this name are missing.
  case missingColumn(String)
  /// None of the known columns of amounts is there.
  case noAmountColumn(known: [String])
  /// No amount has a decimal mark, so that nothing says whether they are major or minor units.
  case unitsUnknown
  /// Its amounts up to this line are more than can be counted.
  case sumTooLarge(Int)
  /// A line that can't be read; why.
  case badLine(Int, String)

  /// What is wrong and what to do, in a sentence or two.
  package var explanation: String {
    switch self {
    case .noHeadings: "It is no reconciliation report of Moment's: no line has the heading transaction_type."
    case .missingColumn(let name): "The column \(name) is missing."
    case .noAmountColumn(let known): "It has no column of amounts: one of \(known.joined(separator: ", "))."
    case .unitsUnknown:
      "No amount in it has a decimal mark, so that nothing says whether they are cents: say it with --recon-units minor "
        + "or major."
    case .sumTooLarge(let line): "Its amounts up to line \(line) make more than can be counted."
    case .badLine(let line, let reason): "Line \(line) can't be read: \(reason)."
    }
  }
}
