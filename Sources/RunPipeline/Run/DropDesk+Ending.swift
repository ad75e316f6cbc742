import BillLedger
import BillModel
import Drops
import FileRuns
import Hashing
import RunConfiguration
import SubmitPass

/// Files whose rows have ended, on their way out. Where the drop is far they are answered and put away several at a time,
/// so that what takes many round trips for each takes them side by side.
///
/// Nothing rests on it: what the ledger has of such a file says where a restart goes on.
extension DropDesk {
  /// So many are gathered.
  static let mostEndings = 16

  /// Whether a feed's files may be gathered: none of them waits for the one before it, and no other process for any.
  func gathers(_ feed: FeedDesk) -> Bool { drop.gathers && feed.settings.order == nil && !ledger.isShared }

  /// Puts away what is gathered where a file with these bytes is among it: then it is known as archived.
  func putAway(_ digest: SHA256Digest) throws(RunFault) {
    if endings.contains(where: { $0.file.digest == digest }) { ended += try putAway() }
  }

  /// Answers all that is gathered and puts it away; what became of each.
  func putAway() throws(RunFault) -> [RunOutcome] {
    let gathered = endings
    endings = []
    var outcomes: [RunOutcome] = []
    var answered: [(ending: FileEnding, move: DropMove)] = []
    for (ending, name) in try answer(gathered, &outcomes) {
      let outcome = try apart(ending) { (ending) throws(RunFault) in
        guard let name else { return try ending.way.leaveOpen(&ending.file) }
        let place = try ending.way.noteAnswered(&ending.file, to: name)
        answered.append((ending, DropMove(claim: ending.claim, place: place, name: name)))
        return nil
      }
      if let outcome { outcomes.append(outcome) }
    }
    return try outcomes + move(answered)
  }

  /// Delivers reports and looks for names; those of files with which that worked.
  private func answer(
    _ gathered: [FileEnding], _ outcomes: inout [RunOutcome]
  ) throws(RunFault) -> [(FileEnding, String?)] {
    var asked: [(FileEnding, DropAnswer)] = []
    for ending in gathered {
      let outcome = try apart(ending) { (ending) throws(RunFault) in
        asked.append((ending, try ending.way.answer(ending)))
        return nil
      }
      if let outcome { outcomes.append(outcome) }
    }
    if asked.isEmpty { return [] }
    let results = try attempt { () throws(DropError) in try drop.answer(asked.map(\.1)) }
    var answered: [(FileEnding, String?)] = []
    for ((ending, _), result) in zip(asked, results) {
      let outcome = try apart(ending) { (ending) throws(RunFault) in
        answered.append((ending, try attempt { () throws(DropError) in try result.get() }))
        return nil
      }
      if let outcome { outcomes.append(outcome) }
    }
    return answered
  }

  private func move(_ answered: [(ending: FileEnding, move: DropMove)]) throws(RunFault) -> [RunOutcome] {
    if answered.isEmpty { return [] }
    let faults = try attempt { () throws(DropError) in try drop.put(answered.map(\.move)) }
    var outcomes: [RunOutcome] = []
    for ((ending, _), fault) in zip(answered, faults) {
      let outcome = try apart(ending) { (ending) throws(RunFault) in
        if let fault {
          guard fault.isNameTaken else { throw .drop(fault) }
          try ending.way.putElsewhere(&ending.file, ending.claim)
        }
        CrashPoint.pass(.moved)
        try ending.way.archived(&ending.file)
        var outcome = ending.way.outcome(ending.file, ending.end)
        outcome.hasOpenRows = ending.hasOpenRows
        return outcome
      }
      if let outcome { outcomes.append(outcome) }
    }
    return outcomes
  }

  /// Does something with one of them; where that fails for this file alone, that is what became of it, and the others go
  /// on.
  private func apart(
    _ ending: FileEnding, _ work: (inout FileEnding) throws(RunFault) -> RunOutcome?
  ) throws(RunFault) -> RunOutcome? {
    var ending = ending
    do throws(RunFault) { return try work(&ending) } catch {
      return try faultOutcome(error, ending.claim, ending.way.feed)
    }
  }

  /// Tells what became of what is gathered; `false` where the rest is to be left.
  func endGathered(_ tell: (RunOutcome) throws(RunFault) -> Bool) throws(RunFault) -> Bool {
    if !endings.isEmpty { ended += try putAway() }
    let outcomes = ended
    ended = []
    var goesOn = true
    for outcome in outcomes {
      noteRetry(outcome.file, outcome)
      feeds.first { $0.name == outcome.feed }?.account.pauses.note(outcome.stop, of: outcome.feed)
      if try !tell(outcome) { goesOn = false }
    }
    return goesOn
  }
}
