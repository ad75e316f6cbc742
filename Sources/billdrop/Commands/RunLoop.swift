import BillModel
import BillReports
import Drops
import DurableFiles
import FileRuns
import ReportPages
import RunConfiguration
import RunPipeline
import SubmitPass

/// `billdrop run`: one pass, or looks without end.
final class RunLoop {
  private let path: String
  private let around: RunSurroundings
  private let log: RunLog
  private let service: ServiceNotice
  private var configuration: Configuration
  /// The feeds at work, and where files of theirs arrive; none where they could not be made ready yet.
  private var run: Run?
  private var folders = FolderWatch([])
  /// What is open while there are none.
  private var open = OpenLedgers()
  private var reloads = 0
  private var told = ToldLines()
  /// How many looks have failed as a whole since the last one that didn't.
  private var failures = 0
  private(set) var outcomes: [RunOutcome] = []
  private var statuses: [ExitStatus] = []
  /// The folders of reports that have new ones.
  private var reported: Set<String> = []

  /// Reads the configuration.
  init(_ path: String, _ around: RunSurroundings, _ log: RunLog, _ service: ServiceNotice) throws(RunFault) {
    self.path = path
    self.around = around
    self.log = log
    self.service = service
    configuration = try Self.read(path)
  }

  private static func read(_ path: String) throws(RunFault) -> Configuration {
    let configuration = try Invocation.configuration(path)
    guard !configuration.feeds.isEmpty else {
      throw .configuration(name: path, mistakes: ["\(path):1: there are no /feeds: nothing to take files from."])
    }
    return configuration
  }

  /// One pass over all drops.
  func pass() throws(RunFault) -> [ExitStatus] {
    let run = try Run(configuration, around)
    defer { renewIndexes(run) }
    try run.pass { outcome, _ in
      log.tell(outcome)
      // A pass may look twice: what is as it was is one answer.
      if let known = outcomes.firstIndex(where: { $0.isAsBefore(outcome) }) {
        outcomes[known] = outcomes[known].followed(by: outcome)
      } else {
        outcomes.append(outcome)
      }
      note(outcome)
    }
    return outcomes.map { ExitStatus($0) } + (Interrupts.count > 0 ? [.stopped] : [])
      + (run.struckNothing || run.approvedNothing ? [.usage] : [])
  }

  /// Looks every `poll` seconds, and when something comes, until the process is told to end.
  func watch() throws(RunFault) -> [ExitStatus] {
    begin(try Run(configuration, quietly))
    while Interrupts.count == 0, statuses.isEmpty {
      if Interrupts.reloads != reloads { reload() }
      if let run = usableRun() { look(run) }
      if statuses.isEmpty { wait() }
    }
    service.stopping()
    log.tell(RunEvent(.info, "ended"))
    return statuses
  }

  /// From here on these feeds are watched.
  private func begin(_ next: Run) {
    take(next)
    failures = 0
    sayReady()
    log.tell(RunEvent(.info, "watching \(configuration.feeds.map(\.name).joined(separator: ", "))"))
  }

  private func take(_ next: Run) {
    (run, folders) = (next, FolderWatch(next.inboundFolders))
    open = OpenLedgers()
  }

  private func sayReady() { service.ready("watching \(configuration.feeds.count) feeds") }

  /// The feeds at work. Where a ledger of theirs has to be opened anew, as after a lost connection to its server, they are
  /// made anew; `nil` where that fails, which is told and tried again.
  private func usableRun() -> Run? {
    if let run, run.openLedgers.areUsable { return run }
    letGo(keeping: run?.openLedgers.usable)
    do throws(RunFault) {
      let next = try Run(configuration, quietly, open: open)
      take(next)
      log.tell(RunEvent(.info, "the ledger is open again"))
      return next
    } catch {
      fail(error)
      told.endLook()
      return nil
    }
  }

  /// Lets go of feeds that can't go on, and so of the locks and sessions of those of their ledgers that aren't kept.
  private func letGo(keeping kept: OpenLedgers?) {
    if let kept { open = kept }
    run = nil
  }

  /// A look that failed as a whole, or for which nothing could be made ready.
  private func fail(_ fault: RunFault) {
    failures += 1
    tellOnce(RunEvent(.error, fault.explanation))
  }

  /// Waits until something comes, or the next look is due. Where a look has failed as a whole, as over a ledger that can't be
  /// used, what comes is no reason to look: the next one is made in its time, and if that fails too after a minute, and later
  /// each time.
  private func wait() {
    let place = failures == 0 ? folders : FolderWatch([])
    let pause =
      failures == 0
      ? min(configuration.poll, run?.secondsUntilMore ?? configuration.poll)
      : failures == 1 ? configuration.poll : max(configuration.poll, RetryTimes.pause(after: failures - 1))
    place.wait(upTo: pause) { [around, reloads] in
      around.pulse()
      return Interrupts.count > 0 || Interrupts.reloads != reloads
    }
  }

  /// The same world, told of nothing twice.
  private var quietly: RunSurroundings {
    var around = around
    around.log = { [unowned self] in tellOnce($0) }
    return around
  }

  /// What goes on being so is told once, and again after a day.
  private func tellOnce(_ event: RunEvent) {
    let key = "\(event.feed ?? "")\n\(event.file ?? "")\n\(event.text)"
    if event.level == .info || told.isDue(key, now: .now) { log.tell(event) }
  }

  /// One look; what is wrong with one is told, once, and tried again with the next.
  private func look(_ run: Run) {
    around.pulse()
    defer { told.endLook() }
    do throws(RunFault) {
      defer { renewIndexes(run) }
      try run.look { outcome, isNews in
        if told.isDue(outcome.subject, isNews: isNews, now: .now) { log.tell(outcome) }
        note(outcome)
        if outcome.isInterrupted { statuses.append(ExitStatus(outcome)) }
      }
      if run.isRefused { statuses.append(.key) }
      failures = 0
    } catch {
      fail(error)
    }
  }

  /// Remembers whose folder of reports has a new one.
  private func note(_ outcome: RunOutcome) {
    guard outcome.summary?.reportFolder != nil,
      let feed = configuration.feeds.first(where: { $0.name == outcome.feed })
    else { return }
    reported.insert(feed.reports)
  }

  /// Makes the pages anew that lead to reports, where there are new ones, or feeds stand otherwise than before.
  private func renewIndexes(_ run: Run) {
    keepStandings(run)
    for folder in reported.sorted() {
      if let trouble = ReportIndex.renew(folder) { tellOnce(RunEvent(.warning, trouble)) }
    }
    reported = []
  }

  /// Keeps how the feeds stand beside their reports.
  private func keepStandings(_ run: Run) {
    guard run.openLedgers.areUsable else { return }
    do throws(RunFault) {
      for (folder, feeds) in try run.standings() {
        do throws(FileError) {
          if try ReportShelf(path: folder).keep(feeds, now: .now) { reported.insert(folder) }
        } catch { throw .file(error) }
      }
    } catch {
      tellOnce(RunEvent(.warning, "how the feeds stand can't be kept beside the reports: \(error.explanation)"))
    }
  }

  /// Reads the configuration again, and makes its feeds ready while the old ones stand: one with mistakes, or that can't be
  /// gone by now, changes nothing.
  private func reload() {
    reloads = Interrupts.reloads
    service.reloading()
    // Such feeds don't stand, and would keep the ledger from the new ones.
    if run?.openLedgers.areInPlace == false { letGo(keeping: run?.openLedgers.inPlace) }
    do throws(RunFault) {
      let wanted = try Self.read(path)
      let next = try Run(wanted, quietly, open: run?.openLedgers ?? open)
      configuration = wanted
      log.tell(RunEvent(.info, "the configuration was read again"))
      begin(next)
    } catch {
      log.tell(RunEvent(.error, "the configuration was not taken, the old one stands: \(error.explanation)"))
      sayReady()
    }
  }
}

extension RunOutcome {
  /// What it is about.
  fileprivate var subject: String { "\(feed)\n\(file)\n\(verdict?.rawValue ?? "fault")" }

  /// Whether both say the same of one file that lies where it lay.
  fileprivate func isAsBefore(_ other: RunOutcome) -> Bool {
    place == nil && other.place == nil && path == other.path && subject == other.subject
  }

  /// The later one of two that say the same of one file; what this pass did with its rows, which the earlier one has, stays
  /// beside what has to be said of the file now.
  fileprivate func followed(by later: RunOutcome) -> RunOutcome {
    guard case .result(var result) = end, later.summary == nil else { return later }
    result.summary.reason = later.reason ?? result.summary.reason
    var outcome = later
    outcome.end = .result(result)
    return outcome
  }

  /// Whether the process was told to end while this file was under way.
  fileprivate var isInterrupted: Bool {
    if case .result(let result) = end { result.stop == .interrupted } else { false }
  }
}
