package import BillModel

extension Ledger {
  /// What is known of the bills that may have taken the place of this one, by the names of a series.
  package func corrections(
    of reference: String, by series: CorrectionSeries
  ) throws(LedgerError) -> SeriesHistory {
    var history = try ownCorrections(of: reference, by: series)
    var last = series.name(of: reference, history.corrections)
    while history.branch.count < CorrectionSeries.most,
      let next = try successor(of: last, by: series, knownOf: reference)
    {
      history.branch.append(next)
      last = next
    }
    return history
  }

  /// What has taken a bill's place for a row that named it, where it is itself a correction, or one before it of its own
  /// series; `nil` where nothing has. Of the names that belong to `known` it is known that nothing has.
  private func successor(
    of name: String, by series: CorrectionSeries, knownOf known: String
  ) throws(LedgerError) -> String? {
    var names: [String] = []
    if name != known { names.append(series.name(of: name, 1)) }
    if let (first, number) = series.first(of: name), first != known, number < CorrectionSeries.most {
      names.append(series.name(of: first, number + 1))
    }
    for next in names where try standing(ofBill: next, after: name) == .inPlace { return next }
    return nil
  }

  private func ownCorrections(
    of reference: String, by series: CorrectionSeries
  ) throws(LedgerError) -> SeriesHistory {
    var history = SeriesHistory()
    while history.corrections < CorrectionSeries.most {
      let before = series.name(of: reference, history.corrections)
      switch try standing(ofBill: series.name(of: reference, history.corrections + 1), after: before) {
      case .inPlace: history.corrections += 1
      case .another:
        history.endsBeforeAnother = true
        return history
      case .unknown: return history
      }
    }
    return history
  }

  /// What a bill is beside the one before it in a series, by the row that holds it: as long as its first request has no answer,
  /// that only says what it would raise.
  package func standing(
    ofBill reference: String, after before: String
  ) throws(LedgerError) -> SeriesHistory.Standing {
    guard tables.mayHoldBills else { return .unknown }
    let statement = claimStatements.findRaising
    statement.bind(1, reference)
    guard try statement.step() else { return .unknown }
    defer { statement.reset() }
    guard let code = RowCode(rawValue: statement.integer(0)) else { throw unreadable("the state of a bill's row") }
    let terms = statement.text(2).flatMap { RowTerms(text: $0) }
    if let voids = terms?.voids { return voids == before ? .inPlace : .another }
    switch code {
    case .created: return .another
    // A correction, of a ledger from before terms were kept.
    case .updated where terms == nil && statement.isNull(1): return .inPlace
    case .updated, .intended, .unknown, .unsent, .unchanged, .rejected, .refused, .conflict, .notSent, .skipped:
      return .unknown
    }
  }
}
