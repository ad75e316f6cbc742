package import BillIntake
package import BillLedger
package import BillModel
import BillPlanning
import BillReports
import BillSubmission
import MomentAPI
import Transport

/// Submits one file run: every row of it that was never sent, and those whose fate an earlier run left unknown.
///
/// One thread, one loop. A turn takes in what the client has completed, lets each row's machine decide, reads and plans
/// as many further rows as there is room for, makes all of it durable in *one* commit (outcomes and parties, then
/// claims, intents and attempts), and only then hands the requests to the client (rule 3). Writing the commit and waiting for
/// the disk is left to a second thread, which hands them over (`CommitThread`): while that is under way turns go on, and what
/// they find is one commit when it is over, and when a quarter of what may be committed before has gone. Where a turn needs the
/// ledger meanwhile, it waits until the commit is written: what it reads is as if it had written that itself. Only what the
/// ledger refused (rule 14) it hears later, and until then nothing of that commit is sent. Else a turn never waits while
/// there is something to do; meanwhile the client sends what was committed before: `lookAhead` rows more than can be in
/// flight, four times as many as the last commit took in. Nothing is kept of a row that has ended.
///
/// What each row comes by is exempt from checks of overlapping access at run time, which took a fiftieth of a row's time: all
/// of it is for the run's own thread.
///
/// What must change together: an effect of a `RowMachine` is carried out in `+Effects`; whatever it needs durable
/// goes into `batch`, never straight to the ledger.
package final class SubmitRun {
  let fileRun: FileRunID
  let ledger: Ledger
  let connection: SubmitConnection
  let options: SubmitOptions
  let clock: SubmitClock
  let builder: RequestBuilder
  let origin: String
  private let interrupts: () -> Int
  private let progress: (SubmitProgress) -> Void
  let looked: (LookedRow) -> Void
  let check: FileCheck
  /// How the file's bills are called that take the place of others.
  let series: CorrectionSeries
  /// What this process has of the file, where several send it together; when that is looked at next.
  let share: FileShare?
  var nextTending: UInt64 = 0

  @exclusivity(unchecked) var feed: RowFeed
  var feedIsOver = false
  /// See `SubmitOptions.lookAhead`.
  @exclusivity(unchecked) var lookAhead: Int
  /// Completions since the last commit.
  var takenIn = 0
  /// Whether the next commit waits for more rows.
  var gathering = Gathering()
  /// Commits beside the run; `nil` where a turn commits by itself, and waits for the disk.
  var committer: (any BatchCommitter)?
  /// Whether it has a batch, or something to tell of one.
  var hasBatchOut = false
  /// The batch that it gave back, for the next turns.
  var emptied = LedgerBatch()
  /// Rows of this run are to be read again when all others are through.
  var readsAgain = false
  @exclusivity(unchecked) var planner: Planner
  @exclusivity(unchecked) var lanes: Lanes
  /// Rows that may go, and wait for room. Their claims are the planner's; nothing of them is durable.
  @exclusivity(unchecked) var ready = ReadyRows()
  /// Rows between their first request and their end, by record.
  @exclusivity(unchecked) var active: [Int: ActiveRow] = [:]
  @exclusivity(unchecked) var pending: [UInt64: PendingRequest] = [:]
  var due = DueQueue()
  @exclusivity(unchecked) var desk = PartyDesk()
  var elsewhere = RowsElsewhere()

  /// What the next commit makes durable, and what goes out after it.
  @exclusivity(unchecked) var batch = LedgerBatch()
  @exclusivity(unchecked) var outbox: [HTTPRequest] = []
  /// Parties whose claims the next commit gives up, or settles: the ledger still shows them.
  var released: Set<PartyKey> = []

  @exclusivity(unchecked) package var now: Moment
  /// When that came which is being taken in; `nil` while nothing is.
  var arrival: Arrival?
  @exclusivity(unchecked) var life = LifeSigns()
  @exclusivity(unchecked) var trust = ClockTrust()
  @exclusivity(unchecked) var jitter = Jitter()
  @exclusivity(unchecked) var seenBills = SeenIDs()
  @exclusivity(unchecked) var seenCustomers = SeenIDs()
  /// The row whose bill the API took last.
  var lastAccepted: BillOperation?
  @exclusivity(unchecked) var budget: FailureBudget
  @exclusivity(unchecked) var experience: PartyExperience
  /// What may be sent of the day's budget, where there is one.
  var ration: DayRation?
  @exclusivity(unchecked) var stop: SubmitStop?
  var fault: SubmitFault?
  private var drainEnd: UInt64 = .max
  /// How many requests the client had let go when the run began, and how many of those that it has let go since have ended.
  private var admittedBefore = 0
  var ended = 0
  private var lastProgress: UInt64 = 0
  /// When the ledger's files are looked at next.
  private var nextLedgerLook: UInt64 = 0
  @exclusivity(unchecked) package var tally = SubmitProgress()
  @exclusivity(unchecked) var pace: PaceLog
  /// Until when the API wants nothing, where its last useful answer was a 429; 0 where it doesn't say.
  var throttle: UInt64?
  var heldBack = 0
  /// Why the last row whose fate is unknown was given up.
  var lastDoubt: String?
  var unraised = AwaitedBills(areThere: false)
  var busy = AwaitedBills(areThere: true)
  var barred = BarredRows()
  let contents = BillContents()
  /// What is found out in the scope `plan`, and the parties met there.
  package var foresight: Foresight
  var parties = ForeseenParties()
  package var foreseenBills = ForeseenBills()

  /// A submission of `fileRun`, whose rows `intake` reads again from `check`.
  ///
  /// - Parameters:
  ///   - interrupts: How often the process was told to end so far: after the first time nothing new is sent, and what is
  ///     in flight gets its time; after the second it ends at once.
  ///   - progress: Called a few times a second.
  ///   - share: What this process has of the file, where several send it together.
  ///   - looked: Told what would become of each unknown row, where the scope is `look`.
  /// - Throws: `LedgerError` where the ledger can't be read.
  package init(
    _ fileRun: FileRun, intake: Intake, check: FileCheck, ledger: Ledger, connection: SubmitConnection,
    environment: EnvironmentStamp, options: SubmitOptions = SubmitOptions(), clock: SubmitClock = SubmitClock(),
    share: FileShare? = nil, interrupts: @escaping () -> Int = { 0 },
    progress: @escaping (SubmitProgress) -> Void = { _ in }, looked: @escaping (LookedRow) -> Void = { _ in }
  ) throws(LedgerError) {
    self.looked = looked
    self.share = share
    self.check = check
    series = intake.corrections
    self.fileRun = fileRun.id
    self.ledger = ledger
    self.connection = connection
    self.options = options
    lookAhead = options.lookAhead
    self.clock = clock
    self.interrupts = interrupts
    self.progress = progress
    builder = RequestBuilder(environment: environment)
    origin = environment.origin
    planner = Planner(bounds: options.waiting)
    lanes = Lanes(bounds: options.waiting)
    feed = try RowFeed(
      intake, check, ledger, fileRun.id, retriesRefused: options.retriesRefused,
      // Where it is told to end, it sends nothing.
      except: options.retriesRefused
        ? try ledger.rowsComeSince(fileRun, isStopped: { interrupts() > 0 }) : RowsComeSince(),
      retriesMarks: options.retriesRefused && options.addsToOtherMarks, scope: options.scope, share: share)
    budget = FailureBudget(
      most: options.mostRefused, refused: options.retriesRefused ? 0 : fileRun.rows.settled[.refused] ?? 0)
    // What goes out in a quarter of a second, as far as it can be under way at all.
    let trial = max(16, min(Int(connection.pacer.rate / 4), options.inFlight))
    let follows = options.plan != nil || options.scope == .plan
    experience = PartyExperience(
      follows ? .new : options.updatesParties ? .existing : options.parties, trialCarriers: trial)
    foresight = Foresight(recordCount: options.scope == .plan ? check.recordsRead : 0)
    now = Moment(clock)
    pace = PaceLog(at: now.monotonic)
    tally.total = check.recordsRead
    tally.rejected = check.invalid
    tally.elsewhere = Self.settledElsewhere(fileRun, options)
    if options.scope == .look { (tally.total, tally.rejected, tally.elsewhere) = (fileRun.rows.unresolved, 0, 0) }
  }

  /// Rows that earlier runs have settled, and that are not sent again.
  private static func settledElsewhere(_ fileRun: FileRun, _ options: SubmitOptions) -> Int? {
    guard options.scope.writes else { return nil }
    let again = options.retriesRefused ? fileRun.rows.settled[.refused] ?? 0 : 0
    return fileRun.rows.settled.values.reduce(0, +) - again
  }

  /// Runs until every row has ended, or the run is stopped. The ledger then has what became of each row.
  ///
  /// - Throws: `SubmitFault` where the ledger, the input or a request fails. What was sent and not answered by then is
  ///   unresolved in the ledger; a submission of the same file run goes on with it.
  package func run() throws(SubmitFault) -> SubmitSummary {
    admittedBefore = connection.admitted
    do throws(SubmitFault) {
      try beginCommitting()
      // Else the first turn would have no room, and sleep.
      try tendDay()
      while try turn() {}
      try endCommitting()
      try finish()
    } catch {
      connection.shutdown(cancelling: true)
      try? endCommitting()
      try? giveBackRation()
      throw error
    }
    if let fault { throw fault }
    var summary = SubmitSummary(
      stop: stop ?? .finished, requests: tally.requests, heldBack: heldBack, clockSkew: trust.skew, pace: pace)
    (summary.unraised, summary.busy, summary.barred) = (unraised, busy, barred)
    summary.lastDoubt = lastDoubt
    return summary
  }

  /// One turn; whether there is another one.
  func turn() throws(SubmitFault) -> Bool {
    let completions = connection.wire.completions(try idleTime())
    now = Moment(clock)
    takenIn += completions.count
    lookAhead = max(lookAhead, options.lookAhead(after: takenIn))
    try tendDay()
    for completion in completions { try take(completion) }
    try watch()
    if stop == nil { try resumeDue() }
    if stop == nil { try resumeParties() }
    if stop == nil { try resumeElsewhere() }
    if stop == nil { try ledger.reading { () throws(SubmitFault) in try plan() } }
    try commit()
    if stop == nil { try readAgain() }
    try tendRanges()
    report()
    return !isOver
  }

  private var isOver: Bool {
    guard active.isEmpty, pending.isEmpty, desk.pending.isEmpty, stop != nil || desk.isEmpty, !hasBatchOut,
      batch.isEmpty(butForRequests: true)
    else { return false }
    if stop != nil { return true }
    return feedIsOver && ready.isEmpty && planner.waitingRows == 0 && elsewhere.isEmpty && share?.isOver ?? true
  }

  /// How long the run may sleep: not at all while it has something to plan, or may commit something.
  private func idleTime() throws(SubmitFault) -> Duration {
    if canPlan { return .zero }
    // Not while the disk is busy: the end of that ends the wait.
    var commit: UInt64?
    if !batch.isEmpty(butForRequests: true), try !isCommitting() {
      if gathering.end <= now.monotonic { return .zero }
      commit = gathering.end
    }
    let tick: UInt64 = 200_000_000
    let pauses = isDaySpent ? [] : [due.next, desk.nextDue]
    guard let next = (pauses + [elsewhere.nextLook, commit]).compactMap({ $0 }).min() else {
      return .nanoseconds(tick)
    }
    return .nanoseconds(next > now.monotonic ? min(next - now.monotonic, tick) : 0)
  }

  /// Looks for reasons to stop.
  private func watch() throws(SubmitFault) {
    do throws(LedgerError) {
      try ledger.keepWork()
      if now.monotonic >= nextLedgerLook {
        try ledger.mustBeInPlace()
        nextLedgerLook = now.monotonic(after: 1_000)
      }
    } catch { throw .ledger(error) }
    let interrupts = interrupts()
    if stop == nil {
      if interrupts > 0 {
        end(.interrupted)
      } else if let verdict = budget.verdict {
        end(verdict)
      } else if let verdict = try timeVerdict() {
        end(verdict)
      } else if life.isThrottledOnly(at: now.monotonic, longer: options.throttledSeconds) {
        end(.throttledTooLong(minutes: Int(options.throttledSeconds / 60)))
      } else if life.isDead(at: now.monotonic, first: options.firstSignSeconds, later: options.signSeconds) {
        end(.unreachable(life.lastFailure))
      }
    }
    if stop != nil, interrupts > 1 || now.monotonic > drainEnd { connection.shutdown(cancelling: true) }
  }

  /// Stops: nothing new is sent, what is in flight gets its time, what pauses is let go.
  func end(_ reason: SubmitStop) {
    guard stop == nil else { return }
    stop = reason
    drainEnd = now.monotonic(after: Int64(options.drainSeconds * 1000))
    connection.shutdown(cancelling: false)
    due.removeAll()
    desk.stop()
    elsewhere.removeAll()
    ready = ReadyRows()
    let inClient = Set(pending.values.map(\.record))
    for (record, row) in active where !inClient.contains(record) { abandon(row) }
    guard reason == .interrupted else { return }
    tally.stopping = unanswered
    progress(tally)
  }

  /// Requests that have left and aren't answered. What waits in the client for its turn is none of them.
  private var unanswered: Int {
    let inClient = pending.count + desk.pending.count
    guard connection.takesFromAnyThread else { return inClient }
    return min(inClient, max(0, connection.admitted - admittedBefore - ended))
  }

  /// Lets go of a row that has not ended: taken back where it certainly had no effect, else it stays unresolved.
  func abandon(_ row: ActiveRow) {
    guard active.removeValue(forKey: row.record) != nil else { return }
    if let withdrawal = row.machine.withdrawal { batch.withdrawals.append(withdrawal) }
  }

  func report() {
    guard now.monotonic - lastProgress > 200_000_000 || isOver else { return }
    lastProgress = now.monotonic
    tally.active = active.count
    tally.unanswered = unanswered
    tally.waiting = planner.waitingRows + ready.count + elsewhere.count
    tally.clockSkew = trust.skew
    tally.ledgerAhead = ClockTrust.remarkable(ledger.latestTime.milliseconds - now.wall.milliseconds)
    tally.limit = connection.pacer.rate
    tally.throttledFor = throttle.map { secondsUntil(max($0, due.next ?? 0)) }
    tally.waitsFor = isWaiting ? due.next.map(secondsUntil) : nil
    tally.turnIn = tally.throttledFor == nil ? turnIn : nil
    pace.note(at: now.monotonic, limit: tally.limit, isPaused: (tally.throttledFor ?? 0) > 0)
    progress(tally)
  }

  /// Whether there is nothing to do before a pause is over.
  private var isWaiting: Bool {
    throttle == nil && stop == nil && pending.isEmpty && desk.pending.isEmpty && !canPlan
  }

  /// Seconds until the next turn, where they are more than people take for a pace.
  /// By a reading of its own: turns are given while a turn of the run waits for the ledger, and stand ahead of when it began.
  private var turnIn: Int? {
    guard let wait = connection.pacer.untilNextTurn(at: clock.monotonic()), wait > 2_000_000_000 else { return nil }
    return Int((wait + 999_999_999) / 1_000_000_000)
  }

  private func secondsUntil(_ moment: UInt64) -> Int {
    moment > now.monotonic ? Int((moment - now.monotonic + 999_999_999) / 1_000_000_000) : 0
  }

  private func finish() throws(SubmitFault) {
    if stop == nil { stop = .finished }
    do throws(LedgerError) {
      try giveBackRation()
      guard options.scope.writes else { return }
      if !batch.isEmpty { _ = try ledger.commit(batch, fileRun: fileRun, now: now.wall) }
      batch.removeAll()
      try ledger.mustBeInPlace()
      if stop == .finished, heldBack == 0, desk.unsettled == 0, options.scope == .all, share == nil {
        try ledger.completeSending(of: fileRun, now: clock.machine())
      }
    } catch { throw .ledger(error) }
  }
}

extension LedgerBatch {
  /// Whether there is nothing to write, or, as asked for, nothing but counts of requests, which can wait.
  func isEmpty(butForRequests: Bool) -> Bool {
    butForRequests ? isEmptyButForRequests : isEmpty
  }
}
