import BillModel
import BillReports
import SubmitPass

/// Where a submission stands.
final class ProgressLine {
  /// Figures of a moment, to take paces from.
  private struct Moment {
    var seconds: Double
    var settled: Int
    var done: Int
  }

  /// Over how many seconds a pace is taken.
  private static let window = 10.0

  private let clock: ProgressClock
  private var moments: [Moment] = []
  private var (hasToldSkew, hasToldLedger) = (false, false)
  /// The longest wait that was told.
  private var toldWait = 0
  private var isStopping = false

  /// - Parameter isJSON: Lines are for programs.
  init(isJSON: Bool) { clock = ProgressClock(isJSON: isJSON) }

  /// Shows the latest figures.
  func show(_ progress: SubmitProgress) {
    tellSkew(progress.clockSkew)
    tellLedger(progress.ledgerAhead)
    tellTurn(progress.turnIn)
    tellStopping(progress.stopping)
    // Another file begins at nothing.
    if let last = moments.last, last.settled > progress.settled || last.done > progress.done { moments = [] }
    // The first pace is that since the first figures, which come long before a line is due.
    if moments.isEmpty {
      moments = [Moment(seconds: clock.seconds, settled: progress.settled, done: progress.done)]
    }
    clock.tick { line in
      Self.write(progress, to: &line)
    } text: { seconds, columns in
      let now = Moment(seconds: seconds, settled: progress.settled, done: progress.done)
      moments.append(now)
      while moments.count > 2, now.seconds - moments[1].seconds >= Self.window { moments.removeFirst() }
      let span = max(now.seconds - moments[0].seconds, 0.001)
      return Self.text(
        progress, settledPerSecond: Double(now.settled - moments[0].settled) / span,
        donePerSecond: Double(now.done - moments[0].done) / span, columns: columns)
    }
  }

  /// What programs are told: `schemas/progress.schema.json`.
  private static func write(_ progress: SubmitProgress, to line: inout JSONText) {
    line.string("stage", "sending")
    line.integer("rows", progress.done)
    line.integer("total_rows", progress.total)
    line.integer("requests", progress.requests.sent)
    line.decimal("requests_per_second_limit", progress.limit)
    line.integer("under_way", progress.underWay)
    line.integer("waiting", progress.notUnderWay)
    if let pause = progress.throttledFor { line.integer("throttled_for_seconds", pause) }
    if let wait = progress.turnIn { line.integer("turn_in_seconds", wait) }
    line.object("outcomes") { line in
      for outcome in RowOutcome.allCases {
        let rows = (progress.outcomes[outcome] ?? 0) + (outcome == .rejected ? progress.rejected : 0)
        if rows > 0 { line.integer(outcome.rawValue, rows) }
      }
    }
    if let rows = progress.elsewhere, rows > 0 { line.integer("other_runs", rows) }
  }

  /// Says once that the clocks differ.
  private func tellSkew(_ skew: Int64?) {
    guard let skew, !hasToldSkew else { return }
    hasToldSkew = true
    Console.message(
      "billdrop: this machine's clock is \(MoneyText.count(Int(abs(skew) / 1000))) s \(skew > 0 ? "behind" : "ahead of") "
        + "the API's (its Date). Beyond 300 s no idempotency key is relied on, and rows in doubt are looked up instead."
    )
  }

  /// Says once that the ledger has a time that is to come.
  private func tellLedger(_ ahead: Int64?) {
    guard let ahead, !hasToldLedger else { return }
    hasToldLedger = true
    Console.message("billdrop: \(SubmitProgress.ledgerWords(ahead)).")
  }

  /// Says that the next turn is long in coming, and again where it is far longer.
  private func tellTurn(_ seconds: Int?) {
    guard let seconds, seconds > 4 * toldWait else { return }
    toldWait = seconds
    Console.message("billdrop: \(SubmitProgress.turnWords(seconds)).")
  }

  /// Says once for a file that its last answers are waited for.
  private func tellStopping(_ underWay: Int?) {
    defer { isStopping = underWay != nil }
    guard let underWay, underWay > 0, !isStopping else { return }
    Console.message("billdrop: " + SubmitProgress.stoppingWords(underWay))
  }

  /// Takes the line away before anything else is printed.
  func end() { clock.end() }

  /// The bar, rows, created, rejected, rate and limit, time left.
  static func text(
    _ progress: SubmitProgress, settledPerSecond: Double, donePerSecond: Double, columns: Int
  ) -> String {
    var bar = ProgressBar(done: nil, parts: [])
    let done = MoneyText.count(progress.done)
    if progress.total > 0 {
      bar.done = min(1, Double(progress.done) / Double(progress.total))
      if donePerSecond > 0 { bar.left = Double(progress.total - progress.done) / donePerSecond }
      bar.parts.append("\(done) of \(MoneyText.count(progress.total)) rows")
    } else {
      bar.parts.append("\(done) rows")
    }
    if let pause = progress.throttledFor {
      bar.parts.append("throttled by the API, next try in \(max(pause, 1)) s")
    } else if let wait = progress.turnIn {
      bar.parts.append("next turn in \(wait) s")
    } else if let pause = progress.waitsFor, pause > 2 {
      bar.parts.append("next try in \(pause) s")
    }
    let limit = progress.limit > 0 ? " of \(MoneyText.count(Int(progress.limit.rounded())))" : ""
    bar.parts.append("\(MoneyText.count(Int(settledPerSecond.rounded())))\(limit)/s")
    for outcome in RowOutcome.allCases {
      let count = (progress.outcomes[outcome] ?? 0) + (outcome == .rejected ? progress.rejected : 0)
      if count > 0 {
        bar.parts.append("\(MoneyText.count(count)) \(outcome == .notSent ? "not sent" : outcome.rawValue)")
      }
    }
    if let rows = progress.elsewhere, rows > 0 { bar.parts.append("\(MoneyText.count(rows)) by other runs") }
    if progress.underWay > 0 { bar.parts.append("\(MoneyText.count(progress.underWay)) under way") }
    if progress.notUnderWay > 0 { bar.parts.append("\(MoneyText.count(progress.notUnderWay)) waiting") }
    return bar.text(columns: columns)
  }
}
