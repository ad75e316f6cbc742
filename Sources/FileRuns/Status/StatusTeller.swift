import BillIntake
import BillModel
import SubmitPass
import Tabular

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Tells others once a second what this process is doing with its ledger.
final class StatusTeller {
  private struct Point {
    var seconds: Double
    var counted: Int
  }

  private let file: StatusFile
  private var watch = Stopwatch()
  private var name = ""
  private var points: [Point] = []
  private var told = -1.0
  private var hasTold = false

  /// Over how many seconds a pace is taken.
  private static let window = 10.0

  init(ledger: String) { file = StatusFile(ledger: ledger) }

  deinit { end() }

  /// Another file begins.
  func begin(_ input: IntakeInput) {
    switch input {
    case .file(let path), .filtered(let path, _): name = path.split(separator: "/").last.map(String.init) ?? path
    case .arriving(let file): name = file.path.split(separator: "/").last.map(String.init) ?? file.path
    case .standardInput: name = "stdin"
    case .memory(_, let name): self.name = name
    }
    points = []
    told = -1
    watch = Stopwatch()
  }

  /// No file is at work. A file that another process wrote stays.
  func end() {
    if hasTold { file.remove() }
    hasTold = false
  }

  /// What tells this teller too.
  func passing(_ next: @escaping (IntakeProgress) -> Void) -> (IntakeProgress) -> Void {
    { state in
      self.checking(state)
      next(state)
    }
  }

  /// The same of a submission.
  func passing(_ next: @escaping (SubmitProgress) -> Void) -> (SubmitProgress) -> Void {
    { state in
      self.sending(state)
      next(state)
    }
  }

  func checking(_ progress: IntakeProgress) {
    tell(.checking, done: progress.records, total: nil) { status in
      guard let total = progress.totalBytes, total > 0, progress.bytes > 0 else { return }
      let seconds = self.watch.seconds
      status.secondsLeft = seconds * Double(max(0, total - progress.bytes)) / Double(progress.bytes)
    }
  }

  func sending(_ progress: SubmitProgress) {
    tell(.sending, done: progress.done, total: progress.total, counted: progress.settled) { status in
      status.limit = progress.limit > 0 ? progress.limit : nil
      status.throttledFor = progress.throttledFor
      status.turnIn = progress.turnIn
      for (outcome, rows) in progress.outcomes { status.outcomes[outcome.rawValue] = rows }
    }
  }

  func reporting(rows: Int) { tell(.reporting, done: rows, total: rows, always: true) { _ in } }

  private func tell(
    _ stage: RunStatus.Stage, done: Int, total: Int?, counted: Int? = nil, always: Bool = false,
    _ add: (inout RunStatus) -> Void
  ) {
    let seconds = watch.seconds
    guard always || seconds >= told + 1 || told < 0 else { return }
    told = seconds
    let counted = counted ?? done
    if let last = points.last, last.counted > counted { points = [] }
    points.append(Point(seconds: seconds, counted: counted))
    while points.count > 2, seconds - points[1].seconds >= Self.window { points.removeFirst() }
    let span = seconds - points[0].seconds
    let pace = span > 0 ? Double(counted - points[0].counted) / span : 0
    var status = RunStatus(
      pid: getpid(), file: name, stage: stage, done: done, total: total, perSecond: pace, limit: nil,
      throttledFor: nil, secondsLeft: nil, outcomes: [:], toldAt: WallTime.now.milliseconds)
    if let total, pace > 0 { status.secondsLeft = Double(max(0, total - done)) / pace }
    add(&status)
    file.write(status)
    hasTold = true
  }
}
