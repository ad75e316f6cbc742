import BillLayouts
import BillModel

/// The rules across rows, after all rows were read.
///
/// The logs name candidates by their fingerprints; these are read again and compared on their bytes. Order matters:
/// which rows of an account count depends on which are rejected as duplicates, and which describe a party on both.
struct FileRules {
  let plan: RowPlan
  let fingerprints: Fingerprints
  let policy: DuplicatePolicy
  let fetcher: RecordFetcher
  let recordsRead: Int
  let comparisonBytes: Int
  let threads: Int
  /// Whether memory is limited.
  let isLimited: Bool

  /// Applies the rules.
  ///
  /// - Parameter goesOn: Asked between the steps; where it says no, the rest is left.
  /// - Returns: which row describes a party for the rows that describe it otherwise; `nil` where it was left.
  func run(
    _ logs: RuleLogs, _ verdicts: inout Verdicts, goesOn: () -> Bool
  ) throws(IntakeError) -> PartyOrigins? {
    let duplicates = DuplicateRule(
      plan: plan, fingerprints: fingerprints, policy: policy, fetcher: fetcher, threads: threads)
    let averageRow = Int(fetcher.byteCount) / max(1, recordsRead)
    var round: [UInt32] = []
    for partition in try logs.references.takeCandidates(threads: threads) {
      round += partition
      if round.count * (averageRow + DuplicateRule.bytesARow) < comparisonBytes { continue }
      try duplicates.resolve(round, &verdicts)
      round = []
      guard goesOn() else { return nil }
    }
    try duplicates.resolve(round, &verdicts)
    round = []
    // What the references took is free now, and the parties may have as much.
    let room = isLimited ? comparisonBytes : max(comparisonBytes, 12 * recordsRead)
    let accounts = PartyRounds(try logs.accounts.takeConflicts(threads: threads), bytes: room)
    let customers = PartyRounds(try logs.customers.takeConflicts(threads: threads), bytes: room)
    guard goesOn() else { return nil }
    let rows = StandingRows(
      plan: plan, fingerprints: fingerprints, fetcher: fetcher, threads: threads)
    for round in accounts.rounds {
      guard goesOn() else { return nil }
      try AccountRule(plan: plan, policy: policy, accounts: round).apply(to: rows, &verdicts)
    }
    var origins = PartyOrigins()
    for round in accounts.rounds {
      guard goesOn() else { return nil }
      try AttributeRule(plan: plan, kind: .account, parties: round).apply(
        to: rows, &verdicts, &origins)
    }
    for round in customers.rounds {
      guard goesOn() else { return nil }
      try AttributeRule(plan: plan, kind: .customer, parties: round).apply(
        to: rows, &verdicts, &origins)
    }
    origins.finish()
    return origins
  }
}
