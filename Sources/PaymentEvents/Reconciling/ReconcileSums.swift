import BillModel

/// The money of one currency, in minor units, and what it must add up to.
package struct ReconcileSums: Hashable, Sendable {
  /// All that events tell of.
  package var events: Int64 = 0
  package var onBills: Int64 = 0
  package var onBalances: Int64 = 0
  package var ambiguous: Int64 = 0
  package var unknown: Int64 = 0

  /// What bills that the ledger knows ask for, voided ones left out.
  package var billed: Int64 = 0
  /// Of that noted as paid by files: before the bills were raised, or since, as far as no event tells of it.
  package var noted: Int64 = 0
  /// Of the rest paid by events.
  package var settled: Int64 = 0
  package var open: Int64 = 0
  /// Paid on bills beyond what is due, or on ones that are voided or of an amount that isn't known.
  package var beyond: Int64 = 0

  /// All payments of Moment's report.
  package var reported: Int64 = 0
  package var reportedWithEvent: Int64 = 0
  package var reportedWithoutEvent: Int64 = 0
  package var reportedUnknown: Int64 = 0
  package var refunds: Int64 = 0

  package init() {}

  /// What doesn't add up, each in words; empty where all does.
  package var discrepancies: [String] {
    var found: [String] = []
    func check(_ whole: Int64, _ parts: [Int64], _ what: String) {
      let sum = parts.reduce(0, +)
      if sum != whole { found.append("\(what): \(parts) make \(sum), not \(whole)") }
    }
    check(events, [onBills, onBalances, ambiguous, unknown], "events")
    check(onBills, [settled, beyond], "events on bills")
    check(billed, [noted, settled, open], "bills")
    if open < 0 { found.append("bills: \(open) is open") }
    check(reported, [reportedWithEvent, reportedWithoutEvent, reportedUnknown], "report")
    return found
  }
}
