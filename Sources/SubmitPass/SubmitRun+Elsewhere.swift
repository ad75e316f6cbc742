import BillLedger
import BillModel
import BillPlanning

/// Parties that rows of other files, or of other ranges of this one, create at other processes that use the ledger too: who
/// needs one waits until it is there, or until that process is taken for dead. Who waits carries nothing, so that no two
/// processes wait for each other.
extension SubmitRun {
  /// Lets a row wait where its party is under way elsewhere; `false` where it isn't.
  func waitElsewhere(_ row: PlannableRow, _ party: PartyKey) throws(SubmitFault) -> Bool {
    guard options.scope.writes, ledger.isShared, try mayComeElsewhere(party) else { return false }
    elsewhere.wait(
      row, for: party, nextLook: now.monotonic(after: RowsElsewhere.pause),
      until: now.monotonic(after: RowsElsewhere.patience))
    return true
  }

  /// Asks the ledger what has become of the parties that are waited for.
  func resumeElsewhere() throws(SubmitFault) {
    var answers: [PartyKey: Bool] = [:]
    for (row, party, end) in elsewhere.popAll(by: now.monotonic) {
      let isUnderWay: Bool
      if let known = answers[party] { isUnderWay = known } else { isUnderWay = try isUnderWayElsewhere(party) }
      answers[party] = isUnderWay
      if isUnderWay, now.monotonic < end {
        elsewhere.wait(row, for: party, nextLook: now.monotonic(after: RowsElsewhere.pause), until: end)
      } else if isUnderWay {
        heldBack += 1
        closeLane(row.record)
      } else {
        try accept(try decide(row))
      }
    }
  }

  /// Whether it is worth while to wait for a party that was claimed a moment ago. Its row may have ended since: then the
  /// row that waits is decided on anew; and another one may have claimed the party between the two looks.
  private func mayComeElsewhere(_ party: PartyKey) throws(SubmitFault) -> Bool {
    for _ in 0..<Self.mostRaces {
      if try isUnderWayElsewhere(party) { return true }
      guard case .claimed = try knowledge(of: party) else { return true }
    }
    return false
  }

  private static let mostRaces = 3

  private func isUnderWayElsewhere(_ party: PartyKey) throws(SubmitFault) -> Bool {
    do throws(LedgerError) {
      return try ledger.isUnderWayElsewhere(party, during: fileRun, resuming: share?.resuming)
    } catch { throw .ledger(error) }
  }
}
