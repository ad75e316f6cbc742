import BillIntake
import BillLedger
import BillModel
import BillPlanning
import ServerModel
import SubmitPass
import Transport

/// One schedule played to its end: the real submission (feed, planner, machines, ledger) over a wire of ours, against
/// the model of the server. What doesn't deviate happens in order and without a fault, so that every schedule ends in
/// a continuation without faults, which must finish.
///
/// Each place where something else could happen is a point; the schedule says what does.
final class Simulation {
  let world: World
  let files: [CheckedFile]
  let clock = VirtualClock()
  var server: ServerModel
  /// What happens at which point.
  let choose: (_ point: Int, _ options: [Deviation]) -> Deviation?

  var exchanges: [Exchange] = []
  var interrupts = 0
  /// How many processes have begun.
  var processes = 0
  /// What the next process is to do.
  var scope = SubmitScope.all
  var isDead = false
  var ledgerWasLost = false
  var clockIsWrong = false
  var checks: Checks
  /// No row may take somebody else's bill for its own, whatever is not known of its requests.
  var isStrict = false
  /// Whether the server may forget a key, and say no to a repeat of what it has done.
  var forgetsKeys = false
  /// Commits what a run hands over, where it doesn't do that itself.
  var commits: ChosenCommits?
  /// All is over, and what was added is looked at once more: nothing deviates any more.
  var isLast = false
  /// What the run hears in its next turn.
  var delivery: [Completion] = []

  /// What could have happened at each point.
  var points: [[Deviation]] = []
  var trace: [String] = []
  var violation: String?

  init(
    _ world: World, _ files: [CheckedFile], choose: @escaping (_ point: Int, _ options: [Deviation]) -> Deviation?
  ) {
    self.world = world
    self.files = files
    self.choose = choose
    checks = Checks(world)
    server = ServerModel(readings: world.readings)
    for outside in world.before { server.make(outside) }
    checks.start = sums
  }

  /// Plays to the end, or to the first violation.
  func play() throws {
    let place = LedgerFolder()
    defer { place.remove() }
    var progress = Progress(files: files.count)
    while violation == nil, let file = try nextFile(&progress, place) {
      let end = try runProcess(file, place)
      if end == .died { interrupts = 0 }
      progress.ended(file, end)
      if progress.isStuck { fail("no progress: \(progress.processes) processes, and rows are left") }
    }
    guard violation == nil else { return }
    for id in exchanges.indices { land(id) }
    if world.asks.adds { try settleOnceMore(place) }
    try withLedger(place) { ledger in try checkEnd(ledger) }
  }

  /// Sums are put right that a request has set back after the last look.
  private func settleOnceMore(_ place: LedgerFolder) throws {
    isLast = true
    for file in files.indices {
      scope = .unknown
      clock.pass(milliseconds: 1_000)
      note("settling file \(file) once more")
      _ = try runProcess(file, place)
    }
  }

  func fail(_ text: String) {
    guard violation == nil else { return }
    violation = text
    trace.append("VIOLATION: \(text)")
  }

  func note(_ text: @autoclosure () -> String) { trace.append(text()) }

  /// Asks the schedule what happens here, if anything but the usual.
  func decide(_ options: [Deviation]) -> Deviation? {
    guard !isLast else { return nil }
    points.append(options)
    guard let choice = choose(points.count - 1, options), options.contains(choice) else { return nil }
    note("! \(choice)")
    return choice
  }

  /// Between two processes: which file comes next; `nil` when all are finished.
  private func nextFile(_ progress: inout Progress, _ place: LedgerFolder) throws -> Int? {
    let left = progress.unfinished
    guard !left.isEmpty else { return nil }
    var file = left[progress.turn % left.count]
    if progress.processes > 0 {
      scope = .all
      var minutes: Int64 = progress.fruitless > 1 ? 25 * 60 : 0
      var options: [Deviation] = [
        .gap(minutes: 30), .gap(minutes: 23 * 60 + 30), .gap(minutes: 25 * 60), .clockJump(minutes: -120),
        .clockJump(minutes: 60), .ledgerLost, .settles, .looks,
      ]
      if left.count > 1 { options.append(.otherFile) }
      switch decide(options) {
      case .gap(let chosen): minutes = chosen
      case .clockJump(let chosen):
        clock.jump(milliseconds: chosen * 60_000)
        clockIsWrong = true
      case .ledgerLost:
        place.empty()
        ledgerWasLost = true
        checks.forget()
        progress.forget()
      case .otherFile: file = left[(progress.turn + 1) % left.count]
      case .settles: scope = .unknown
      case .looks: scope = .look
      default: break
      }
      landWhatIsOld(within: minutes)
      clock.pass(milliseconds: max(1_000, minutes * 60_000))
    }
    note("process \(progress.processes + 1), file \(file), at +\((clock.truth - 1_767_600_000_000) / 1000) s")
    return file
  }

  /// No request lives longer than an hour on its way.
  private func landWhatIsOld(within minutes: Int64) {
    for id in exchanges.indices where clock.truth - exchanges[id].sentAt + minutes * 60_000 >= 3_600_000 { land(id) }
  }

  /// How a process ends.
  enum End: Equatable {
    case died
    /// It stopped before the file was through: it was told to, or the API said so.
    case stopped
    case finished
    /// It did what it could, and rows are left.
    case unfinished
  }

  /// What a file asks for; of those that give their objects figures, the later one is the newer one.
  private func order(of number: Int) -> FileOrder {
    let isOnAccounts = world.files[number].contains { $0.account != nil }
    let isOrdered = world.asks.sets || world.asks.adds
    return FileOrder(
      world.asks(of: number).operation(onAccounts: isOnAccounts), position: isOrdered ? Int64(number + 1) : nil)
  }

  private func runProcess(_ number: Int, _ place: LedgerFolder) throws -> End {
    isDead = false
    processes += 1
    let file = files[number]
    let ledger = try place.open(now: clock.wall)
    let fileRun = try ledger.openFileRun(
      file.identity, layout: file.layout, order: order(of: number), approval: nil,
      now: clock.wall)
    var options = file.options
    options.scope = scope
    options.parties = world.looksFirst ? .existing : .auto
    options.updatesParties = world.updatesParties
    let before = try ledger.rows(of: fileRun.id, after: 0, limit: 1_000)
    let run = try SubmitRun(
      fileRun, intake: file.intake, check: file.check, ledger: ledger,
      connection: SubmitConnection(wire(ledger, fileRun.id, number)), environment: LedgerFolder.environment,
      options: options, clock: clock.asSubmitClock, interrupts: { [unowned self] in interrupts })
    if world.commits != .inTurns { commitApart(run) }
    let end = try turns(run, ledger, fileRun.id, number)
    if end == .died { dieCommitting() }
    commits = nil
    for id in exchanges.indices where exchanges[id].isAwaited {
      exchanges[id].isAwaited = false
      checks.ambiguous(exchanges[id])
    }
    try checkLedger(ledger, fileRun.id, number, isOver: true)
    try checkScope(before, try ledger.rows(of: fileRun.id, after: 0, limit: 1_000))
    let finished = try ledger.fileRun(fileRun.id)?.isFinished == true
    if end != .died { interrupts = 0 }
    if end == .unfinished, !finished, scope != .all { return .stopped }
    return end == .unfinished && finished ? .finished : end
  }
}
