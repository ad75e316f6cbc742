import BillLedger
import BillModel
import BillPlanning

/// Parties that rows of other files create, at other processes that use the ledger too: who needs one waits until it is
/// there, or until that process is taken for dead. Who waits carries nothing, so that no two processes wait for each other.
extension SubmitRun {
  /// Lets a row wait where its party is under way elsewhere; `false` where it isn't.
  func waitElsewhere(_ row: PlannableRow, _ party: PartyKey) throws(SubmitFault) -> Bool {
    guard options.scope.writes, ledger.isShared, try isUnderWayElsewhere(party) else { return false }
    elsewhere.wait(row, for: party, nextLook: now.monotonic(after: RowsElsewhere.pause))
    return true
  }

  /// Asks the ledger what has become of the parties that are waited for.
  func resumeElsewhere() throws(SubmitFault) {
    var answers: [PartyKey: Bool] = [:]
    for (row, party) in elsewhere.popAll(by: now.monotonic) {
      let isUnderWay: Bool
      if let known = answers[party] { isUnderWay = known } else { isUnderWay = try isUnderWayElsewhere(party) }
      answers[party] = isUnderWay
      if isUnderWay {
        elsewhere.wait(row, for: party, nextLook: now.monotonic(after: RowsElsewhere.pause))
      } else {
        try accept(try decide(row))
      }
    }
  }

  private func isUnderWayElsewhere(_ party: PartyKey) throws(SubmitFault) -> Bool {
    do throws(LedgerError) { return try ledger.isUnderWayElsewhere(party) } catch { throw .ledger(error) }
  }
}
