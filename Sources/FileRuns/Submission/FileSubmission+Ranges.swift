package import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillReports
import Hashing
package import SubmitPass

/// A large file that several processes send together, over one ledger at a server.
///
/// Each of them checks the whole file by itself: the same bytes, known by their digest, under the same layout, so that all
/// come to the same rows. One of them, who has the file, *leads*: it lets the file begin (its order, its guard, its canary),
/// looks after what earlier runs left unknown, and lays the rest into ranges; and when nothing is left of them, it writes
/// the report of all. Whoever meets the file while it is led takes ranges of it, as the leader does. Where the leader dies,
/// the next who is through takes the lead.
extension FileSubmission {
  /// A file of fewer ranges than so many is one process's.
  private static let fewestRanges = 10

  /// Whether several processes may send a file together: one of many rows, all of which raise bills. Else rows may be about
  /// objects that rows of other ranges are about.
  func mayBeShared(_ check: FileCheck) -> Bool {
    ledger.isShared && settings.rangeRows > 0 && check.valid / Self.fewestRanges >= settings.rangeRows
      && options.scope == .all && options.plan == nil && !options.retriesRefused && !options.updatesParties
      && check.order.operation == .bill && check.layout.rules.negativeBills != .balance
  }

  /// Takes such a file through: as the one who has it, or with others where another has it.
  func runShared(_ check: FileCheck, _ started: Stopwatch) throws(RunFault) -> FileResult {
    let watch = Stopwatch()
    var helped: (fileRun: FileRun, sent: SubmitSummary)?
    while true {
      guard let holder = try takesLead(check) else { break }
      if let fileRun = try sharedRun(check) {
        if helped == nil {
          notice("\(check.fileName) is being sent by \(holder): this process sends rows of it too.")
        }
        let sent = try sendRanges(fileRun, check)
        guard sent.stop == .finished else { return try stopped(fileRun, check, sent, started) }
        helped = (fileRun, sent)
      } else if interrupts() > 0 {
        return interruptedResult(check, started)
      } else if helped == nil, watch.seconds >= (settings.occasion == .run ? Self.patience : Self.longPatience) {
        throw .ledger(.workTaken(path: ledger.path, work: Work.file(check.digest).words, holder: holder))
      }
      Self.pause(milliseconds: 100)
    }
    defer { ledger.giveBack(.file(check.digest)) }
    guard let helped else { return try run(check, started) }
    return try conclude(helped.fileRun, check, helped.sent, started)
  }

  /// Helps with a file that another process leads, and leaves its report to that one; how that ended, or `nil` where there
  /// was nothing to help with.
  package func help(_ input: IntakeInput) throws(RunFault) -> SubmitStop? {
    let check = try check(input)
    guard check.fileFinding == nil, interrupts() == 0, mayBeShared(check), let fileRun = try sharedRun(check) else {
      return nil
    }
    return try sendRanges(fileRun, check).stop
  }

  /// How long one waits until another process, who has just begun a file, lays it into ranges, in seconds.
  private static let longPatience = 60.0

  /// Takes the file; who has it, where another does.
  private func takesLead(_ check: FileCheck) throws(RunFault) -> String? {
    do throws(LedgerError) { try ledger.take(.file(check.digest)) } catch {
      guard case .workTaken(_, _, let holder) = error else { throw .ledger(error) }
      return holder
    }
    return nil
  }

  /// The file run of a file of which ranges are left; `nil` where there are none.
  private func sharedRun(_ check: FileCheck) throws(RunFault) -> FileRun? {
    try attempt { () throws(LedgerError) in
      let runs = try ledger.fileRuns(of: check.digest)
      guard let run = runs.last(where: { LayoutIdentity(check.layout).has($0.layout.digest) }),
        try ledger.isInRanges(run.id), try ledger.rangesLeft(of: run.id) > 0
      else {
        return nil
      }
      return run
    }
  }

  /// What comes after the last row of all: by the one who led to the end, or who comes first after it has died.
  private func conclude(
    _ fileRun: FileRun, _ check: FileCheck, _ sent: SubmitSummary, _ started: Stopwatch
  ) throws(RunFault) -> FileResult {
    let isOpen = try attempt { () throws(LedgerError) in try ledger.isInRanges(fileRun.id) }
    guard isOpen else {
      // Somebody has written it.
      let now = try attempt { () throws(LedgerError) in try ledger.fileRun(fileRun.id) }
      guard let now, now.isFinished else { return try report(fileRun.id, check, sent, started, rewrites: false) }
      var result = try finishedResult(now, check, started)
      (result.wasDoneAlready, result.summary.doneBefore) = (false, nil)
      return result
    }
    try makeReportFolder(fileRun, check)
    let ended = try endedRanges(fileRun, check, sent)
    let all = ended.isLeftToOthers ? try sendInRanges(fileRun, check) : ended
    return try report(fileRun.id, check, all, started, rewrites: !all.isLeftToOthers)
  }

  /// Where a process has to stop that didn't lead, it writes the report if nobody is left who could: the last one out does.
  private func stopped(
    _ fileRun: FileRun, _ check: FileCheck, _ sent: SubmitSummary, _ started: Stopwatch
  ) throws(RunFault) -> FileResult {
    let watch = Stopwatch()
    var hasLead = false
    while !hasLead, watch.seconds < Self.longPatience {
      let others = try attempt { () throws(LedgerError) in
        try ledger.freeDeadRanges(of: fileRun.id, check.digest)
        return try ledger.rangeHolders(of: fileRun.id, check.digest)
      }
      guard others.isEmpty else { break }
      // Who has the lead, and sends nothing any more, is about to end.
      hasLead = try takesLead(check) == nil
      if !hasLead { Self.pause(milliseconds: 100) }
    }
    guard hasLead else { return try report(fileRun.id, check, sent, started, rewrites: false) }
    defer { ledger.giveBack(.file(check.digest)) }
    let isOpen = try attempt { () throws(LedgerError) in try ledger.isInRanges(fileRun.id) }
    let isLast = isOpen ? try endRanges(fileRun, check) : false
    return try report(fileRun.id, check, sent, started, rewrites: isLast)
  }

  /// Sends the rows of a file that was begun: in ranges, where several may send it. What earlier runs left unknown comes
  /// first, and before anybody else sends: later rows wait for the parties that it carries.
  func sendRows(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> SubmitSummary {
    guard mayBeShared(check) else { return try submit(fileRun, check, options) }
    let isOpen = try attempt { () throws(LedgerError) in
      if try ledger.counts(of: fileRun.id).unresolved > 0 { return true }
      return try !ledger.openChanges(of: fileRun.id).isEmpty
    }
    if isOpen {
      var first = options
      first.scope = .unknown
      let sent = try submit(fileRun, check, first)
      guard sent.stop == .finished else { return sent }
    }
    try attempt { () throws(LedgerError) in
      try ledger.openRanges(of: fileRun.id, records: check.recordsRead, each: settings.rangeRows)
    }
    CrashPoint.pass(.ranged)
    return try sendInRanges(fileRun, check)
  }

  /// Leads: sends with the others until nothing is left, or until this process has to stop.
  func sendInRanges(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> SubmitSummary {
    try endedRanges(fileRun, check, sendRanges(fileRun, check))
  }

  /// Ends the sending in ranges, where nothing is left or nobody else is at it.
  private func endedRanges(
    _ fileRun: FileRun, _ check: FileCheck, _ sent: SubmitSummary
  ) throws(RunFault) -> SubmitSummary {
    var sent = sent
    sent.isLeftToOthers = try !endRanges(fileRun, check)
    if !sent.isLeftToOthers, sent.stop == .finished { try completeIfAllIsKnown(fileRun, check) }
    return sent
  }

  /// Takes range after range, and sends it.
  private func sendRanges(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> SubmitSummary {
    let share = try attempt { () throws(LedgerError) in try FileShare(ledger, fileRun.id, check.digest) }
    do throws(RunFault) {
      let sent = try submit(fileRun, check, options, share: share)
      try attempt { () throws(LedgerError) in try share.leave() }
      return sent
    } catch {
      // What was sent is looked up by whoever takes it over, as after a kill.
      try? share.leave()
      throw error
    }
  }

  /// Makes a file run this process's alone; false where others who live send rows of it.
  func endRanges(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> Bool {
    try attempt { () throws(LedgerError) in
      guard try ledger.isInRanges(fileRun.id) else { return true }
      return try ledger.closeRanges(of: fileRun.id, check.digest)
    }
  }

  /// Says who sends rows of a file that was to be this process's alone.
  func isSentByOthers(_ fileRun: FileRun, _ check: FileCheck) throws(RunFault) -> RunFault {
    let holders = try attempt { () throws(LedgerError) in try ledger.rangeHolders(of: fileRun.id, check.digest) }
    return .ledger(
      .workTaken(
        path: ledger.path, work: Work.file(check.digest).words, holder: holders.first?.name ?? "another process"))
  }
}
