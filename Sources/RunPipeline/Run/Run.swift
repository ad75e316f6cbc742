import BillLedger
import BillModel
import Drops
import DurableFiles
package import FileRuns
package import ReportPages
package import RunConfiguration

/// The feeds of a configuration at work: one look at all drops after the other.
///
/// Holds the ledgers open, and with them their locks: one run a ledger in a file. For one thread.
package final class Run {
  private let configuration: Configuration
  private let around: RunSurroundings
  private let drops: [DropDesk]
  private let accounts: [AccountDesk]
  /// What it has open, for the one that comes after it.
  package let openLedgers: OpenLedgers
  private var ledgers: [Ledger] { openLedgers.all }
  private let notifier: Notifier

  /// Opens the ledgers; nothing is claimed and nothing sent.
  ///
  /// - Parameter open: Those that another run of this process has open; it may go on with them where this throws.
  package init(
    _ configuration: Configuration, _ around: RunSurroundings, open: OpenLedgers = OpenLedgers()
  ) throws(RunFault) {
    self.configuration = configuration
    self.around = around
    notifier = try Notifier(configuration.notices, around)
    var ledgers = open
    var accounts: [AccountSettings: AccountDesk] = [:]
    var drops: [(DropSettings, [FeedDesk])] = []
    for feed in configuration.feeds {
      if accounts[feed.account] == nil {
        accounts[feed.account] = try AccountDesk(feed.account, around, ledgers: &ledgers)
      }
      guard let account = accounts[feed.account] else { continue }
      let desk = FeedDesk(feed, account)
      if let index = drops.firstIndex(where: { $0.0 == feed.drop }) {
        drops[index].1.append(desk)
      } else {
        drops.append((feed.drop, [desk]))
      }
    }
    try Self.mustBeApart(drops.map { ($0.0, $0.1[0].name) }, around)
    openLedgers = ledgers.only(Set(accounts.values.map(\.ledgerPath)))
    self.accounts = Array(accounts.values)
    var desks: [DropDesk] = []
    for (settings, feeds) in drops { desks.append(try Self.desk(settings, feeds, around)) }
    for desk in desks { desk.others = Set(desks.map(\.drop.title)).subtracting([desk.drop.title]) }
    self.drops = desks
  }

  /// Sees that no two drops are one folder by way of a link or a longer path: one would go on with what the other holds.
  private static func mustBeApart(
    _ drops: [(settings: DropSettings, feed: String)], _ around: RunSurroundings
  ) throws(RunFault) {
    var known: [FolderPlace: String] = [:]
    for (settings, feed) in drops {
      guard let inbound = settings.localInbound, let place = FolderPlace(inbound) else { continue }
      if let earlier = known[place] {
        let name = around.configurationName
        throw .configuration(
          name: name,
          mistakes: [
            "\(name): the drops of \(earlier) and \(feed) are one folder, \(inbound), which is written in two ways: write "
              + "both alike."
          ])
      }
      known[place] = feed
    }
  }

  private static func desk(
    _ settings: DropSettings, _ feeds: [FeedDesk], _ around: RunSurroundings
  ) throws(RunFault) -> DropDesk {
    let ledger = feeds[0].account.ledger
    let identity: String
    do throws(LedgerError) { identity = try ledger.identity() } catch { throw .ledger(error) }
    let owner = ClaimOwner(identity: identity, ledger: ledger.path, isShared: ledger.isShared)
    return DropDesk(settings.drop(of: owner, feeds.map(\.settings), around), feeds, around)
  }

  /// Whether a file was to be struck off that is not among what needs somebody.
  package private(set) var struckNothing = false
  /// Whether a file was to be let through, and none of these digits came up.
  package private(set) var approvedNothing = false

  /// One pass: looks, and where something may still be coming looks again after the time that shows it.
  ///
  /// - Parameter tell: Told of each outcome, and whether it is news: nobody was told before.
  package func pass(_ tell: (RunOutcome, _ isNews: Bool) -> Void) throws(RunFault) {
    begin()
    try look(expecting: false, tell)
    if let seconds = secondsUntilMore, around.interrupts() == 0 {
      around.sleep(seconds)
      if around.interrupts() == 0 { try look(expecting: false, tell) }
    }
    if around.interrupts() == 0 {
      try meetApproval()
      try strikeOff()
      try expect(tell)
    }
  }

  /// Says that nothing came up where the approval has let nothing through.
  private func meetApproval() throws(RunFault) {
    guard let approval = around.approval, !drops.contains(where: \.metApproval) else { return }
    for ledger in ledgers {
      let gone = try attempt { () throws(LedgerError) in
        try LedgerNeeds.gone(approval, in: ledger, now: around.now).first
      }
      guard let gone else { continue }
      return around.log(
        RunEvent(
          .warning,
          "--approve \(approval): the file is gone, and nothing was let through; --strike-off \(approval) says that "
            + "this is meant", feed: gone.feed, file: gone.name))
    }
    approvedNothing = true
    around.log(
      RunEvent(
        .error,
        "--approve \(approval): no file with these digits came up, and nothing was let through by it; billdrop status "
          + "tells what waits, with its digits"))
  }

  /// Strikes off the file about whose rows nothing is left to do, as somebody says.
  private func strikeOff() throws(RunFault) {
    guard let digits = around.struckOff else { return }
    for ledger in ledgers {
      let settled = try attempt { () throws(LedgerError) -> DropNeed? in
        let rows = try OpenRows(ledger, now: around.now).settle(digits, now: around.now)
        let others = try LedgerNeeds.strikeOff(digits, in: ledger, now: around.now)
        return rows ?? others
      }
      guard let settled else { continue }
      return around.log(
        RunEvent(.info, "is struck off what needs somebody: \(settled.reason)", feed: settled.feed, file: settled.name))
    }
    for ledger in ledgers {
      let changes = try attempt { () throws(LedgerError) in
        try FileSubmission.strikeOffChanges(ofFile: digits, in: ledger, now: around.now)
      }
      guard let changes else { continue }
      struckNothing = !changes.isDone
      return around.log(RunEvent(changes.isDone ? .info : .error, "--strike-off \(digits): \(changes.words)"))
    }
    struckNothing = true
    around.log(
      RunEvent(
        .error,
        "--strike-off \(digits): no file with these digits has rows that somebody is to look at, was rejected as a "
          + "whole, was held and is gone, or has changes of customers and accounts open; billdrop status tells what "
          + "needs somebody, with its digits"))
  }

  /// One look at all drops, and all that can be done after it; then at the calendar.
  package func look(_ tell: (RunOutcome, _ isNews: Bool) -> Void) throws(RunFault) {
    begin()
    try look(expecting: true, tell)
    tellRefused()
  }

  /// What kept an account's files from being sent may be over.
  private func begin() { for account in accounts { account.pauses.begin() } }

  /// Whether the API refuses the keys of all accounts: nothing can be sent until there are others.
  package var isRefused: Bool { accounts.allSatisfy(\.pauses.isRefused) }

  /// Says of which accounts the API refuses the key. It isn't asked with that one again, whoever has it.
  private func tellRefused() {
    for account in accounts where account.pauses.isRefused {
      for other in accounts where other.hasKey(of: account) { other.pauses.refuse() }
    }
    for account in accounts where account.pauses.isRefused {
      let feeds = drops.flatMap(\.feeds).filter { $0.account === account }.map(\.name).sorted()
      around.log(
        RunEvent(
          .error,
          "the API refuses the key of \(feeds.joined(separator: ", ")): nothing of that is sent until there is another, and "
            + "SIGHUP, or a new start, has it read"))
    }
  }

  private func look(expecting: Bool, _ tell: (RunOutcome, Bool) -> Void) throws(RunFault) {
    // Before anything is claimed that couldn't be gone on with.
    for ledger in ledgers { try attempt { () throws(LedgerError) in try ledger.mustBeInPlace() } }
    try tellUntold()
    for drop in drops where around.interrupts() == 0 {
      try passOver(drop, tell)
    }
    if expecting, around.interrupts() == 0 { try expect(isWhole: false, tell) }
  }

  /// One look at a drop. One that can't be used now is told, and keeps nobody from the others.
  private func passOver(_ drop: DropDesk, _ tell: (RunOutcome, Bool) -> Void) throws(RunFault) {
    var needs = NeedList(drop, now: around.now)
    do throws(RunFault) {
      try drop.pass { (outcome) throws(RunFault) in
        needs.note(outcome)
        tell(outcome, try self.tell(outcome, drop))
        return !outcome.endsPass
      }
      try noteUsable(drop)
      try needs.keep(isWhole: around.interrupts() == 0)
    } catch {
      guard case .drop(let fault) = error else { throw error }
      if around.interrupts() > 0 { return }
      let outcome = RunOutcome(
        feed: drop.feeds.map(\.name).joined(separator: ", "), file: drop.drop.title, end: .fault(error),
        reason: fault.words)
      tell(outcome, try self.tell(outcome, drop))
      needs.note(outcome)
      try needs.keep(isWhole: false)
    }
  }

  /// Says of a drop that couldn't be used that it can be again: so that the next trouble is told anew.
  private func noteUsable(_ drop: DropDesk) throws(RunFault) {
    let (subject, state) = ("\(drop.drop.title)/\(drop.drop.title)", "usable")
    try attempt { () throws(LedgerError) in
      if try !drop.ledger.wasTold(subject, state) { try drop.ledger.noteTold(subject, state, now: around.now) }
    }
  }

  /// How many seconds from now a look may show something that this one couldn't; `nil` where nothing is coming.
  package var secondsUntilMore: Double? { drops.compactMap(\.pause).max() }

  /// The folders that files arrive in.
  package var inboundFolders: [String] { configuration.feeds.compactMap(\.drop.localInbound) }

  // MARK: Telling

  /// Tells people what they weren't told; whether there was anything.
  private func tell(_ outcome: RunOutcome, _ drop: DropDesk) throws(RunFault) -> Bool {
    let ledger = drop.ledger
    let state =
      outcome.number.map { "ended \($0)" } ?? "\(outcome.verdict?.rawValue ?? "fault"): \(outcome.state)"
    return try attempt { () throws(LedgerError) in
      let isTold = try tellOnce(outcome, drop.subject(of: outcome), state, ledger)
      // What comes under this name from now on is another matter.
      if outcome.number != nil { try ledger.forgetTold(drop.subject(ofArrived: outcome.file)) }
      return isTold
    }
  }

  /// Tells what nobody was told, and what no other process is telling; whether it did.
  private func tellOnce(
    _ outcome: RunOutcome, _ subject: String, _ state: String, _ ledger: Ledger
  ) throws(LedgerError) -> Bool {
    guard try !ledger.wasTold(subject, state) else { return false }
    // Not noted, and so told by the next run.
    guard notifier.hasTime else { return true }
    do throws(LedgerError) { try ledger.take(.telling(subject)) } catch {
      guard case .workTaken = error else { throw error }
      return false
    }
    defer { ledger.giveBack(.telling(subject)) }
    // Another process may have told it since.
    if ledger.isShared, try ledger.wasTold(subject, state) { return false }
    notifier.tell(outcome, id: NoticeID.text(try ledger.identity(), subject, state))
    try ledger.noteTold(subject, state, now: around.now)
    if let number = outcome.number { try ledger.noteDropFileTold(number, now: around.now) }
    return true
  }

  /// Tells of files that a run put away, and that died before it could say so.
  private func tellUntold() throws(RunFault) {
    for drop in drops {
      try attempt { () throws(LedgerError) in
        for file in try drop.ledger.untoldDropFiles() where file.place == drop.drop.title {
          let outcome = RunOutcome(
            feed: file.feed, file: file.name, end: .verdict(file.verdict ?? .stopped), reason: file.reason,
            place: file.target.flatMap { target in file.targetPlace.map { "\($0)/\(target)" } }, number: file.id)
          let (subject, state) = ("\(file.place)/\(file.name)", "ended \(file.id)")
          // It may have died between the two notes.
          if try !tellOnce(outcome, subject, state, drop.ledger), try drop.ledger.wasTold(subject, state) {
            try drop.ledger.noteDropFileTold(file.id, now: around.now)
          }
          try drop.ledger.forgetTold(drop.subject(ofArrived: file.name))
        }
      }
    }
  }

  // MARK: The calendar and the figures

  /// - Parameter isWhole: The looks are over: what is still coming has not come.
  private func expect(isWhole: Bool = true, _ tell: (RunOutcome, Bool) -> Void) throws(RunFault) {
    var metrics = RunMetrics(lastLook: around.now)
    for drop in drops {
      let judged = drop.feeds.filter { !drop.mayHaveCome($0) && (isWhole || !drop.isComing(to: $0)) }
      for feed in judged {
        for outcome in try missing(feed, try drop.knownCome(feed)) { tell(outcome, try self.tell(outcome, drop)) }
      }
      try keepMissing(drop, judged)
      try count(drop, &metrics)
    }
    try write(&metrics)
  }

  /// Keeps which expected files of these feeds of a drop are missing. Of a feed whose file may have come, what was known
  /// stays.
  private func keepMissing(_ drop: DropDesk, _ feeds: [FeedDesk]) throws(RunFault) {
    var held: [[FeedCalendar.HeldFile]] = []
    for feed in feeds { held.append(try drop.knownCome(feed)) }
    let names = Set(feeds.map(\.name))
    try attempt { () throws(LedgerError) in
      var needs: [DropNeed] = []
      for (feed, held) in zip(feeds, held) { needs += try calendar(feed)?.needs(held: held) ?? [] }
      try drop.ledger.keep(needs, ofDrop: drop.drop.title, kinds: [.missing]) { !names.contains($0.feed) }
    }
  }

  /// Counts what of a drop's feeds is held and missing, as the ledger has it by now.
  private func count(_ drop: DropDesk, _ metrics: inout RunMetrics) throws(RunFault) {
    for feed in drop.feeds {
      metrics.waiting[feed.name] = 0
      if feed.settings.expected != nil { metrics.missing[feed.name] = 0 }
    }
    for need in try attempt({ () throws(LedgerError) in try drop.ledger.needs(ofDrop: drop.drop.title) }) {
      switch need.kind {
      case .held: metrics.waiting[need.feed]? += 1
      case .missing: metrics.missing[need.feed]? += 1
      default: continue
      }
    }
  }

  private func calendar(_ feed: FeedDesk) -> FeedCalendar? {
    FeedCalendar(feed.settings, in: feed.account.ledger, now: around.now)
  }

  /// How each feed stands, by the folder of its reports: for the pages there.
  package func standings() throws(RunFault) -> [String: [FeedStanding]] {
    var standings: [String: [FeedStanding]] = [:]
    var known: [String: LedgerNeeds] = [:]
    for drop in drops {
      let ledger = drop.ledger
      if known[ledger.path] == nil {
        known[ledger.path] = try attempt { () throws(LedgerError) in
          try LedgerNeeds(ledger, feeds: [], now: around.now)
        }
      }
      guard let needs = known[ledger.path] else { continue }
      for feed in drop.feeds {
        let held = try drop.knownCome(feed)
        let standing = try attempt { () throws(LedgerError) in
          try FeedStanding(
            feed.settings, in: ledger, needs, held: held, configuration: around.configurationName, now: around.now)
        }
        standings[feed.settings.reports, default: []].append(standing)
      }
    }
    return standings
  }

  private func missing(_ feed: FeedDesk, _ held: [FeedCalendar.HeldFile]) throws(RunFault) -> [RunOutcome] {
    guard let calendar = calendar(feed) else { return [] }
    let title = feed.settings.drop.title
    return try attempt { () throws(LedgerError) in
      try calendar.missing(held: held) { (day) throws(LedgerError) in
        try feed.account.ledger.wasTold("\(title)/\(feed.name) \(day.date)", calendar.state(of: day))
      }
    }
  }

  private func write(_ metrics: inout RunMetrics) throws(RunFault) {
    guard let path = configuration.metrics else { return }
    for ledger in ledgers { metrics.files += try attempt { () throws(LedgerError) in try ledger.dropFileCounts() } }
    do throws(FileError) { try metrics.write(to: path) } catch {
      around.log(RunEvent(.warning, "the metrics can't be written: \(error)"))
    }
  }

  private func attempt<Value>(_ work: () throws(LedgerError) -> Value) throws(RunFault) -> Value {
    do throws(LedgerError) { return try work() } catch { throw .ledger(error) }
  }
}
