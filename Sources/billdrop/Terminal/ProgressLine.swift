import BillModel
import RunPipeline

/// Where a submission stands: one line that renews itself on a terminal, a line every ten seconds in a log.
final class ProgressLine {
  private let isTerminal = Console.messagesAreSeen
  private let beginning = Stopwatch()
  private var lastLine = 0.0
  private var isShown = false
  private var hasToldSkew = false

  /// Shows the latest figures.
  func show(_ progress: SubmitProgress) {
    tellSkew(progress.clockSkew)
    let seconds = beginning.seconds
    if isTerminal {
      guard seconds - lastLine >= 0.1 else { return }
      Console.renewLine(text(progress, seconds))
      isShown = true
    } else {
      guard seconds - lastLine >= 10 else { return }
      Console.message("billdrop: " + text(progress, seconds))
    }
    lastLine = seconds
  }

  /// Says once that the clocks differ.
  private func tellSkew(_ skew: Int64?) {
    guard let skew, !hasToldSkew else { return }
    hasToldSkew = true
    end()
    Console.message(
      "billdrop: this machine's clock is \(MoneyText.count(Int(abs(skew) / 1000))) s \(skew > 0 ? "behind" : "ahead of") "
        + "the API's (its Date). Beyond 300 s no idempotency key is relied on, and rows in doubt are looked up instead."
    )
  }

  /// Takes the line away before anything else is printed.
  func end() {
    if isShown { Console.renewLine("") }
    isShown = false
  }

  private func text(_ progress: SubmitProgress, _ seconds: Double) -> String {
    let settled = progress.outcomes.values.reduce(0, +)
    var parts = ["record \(MoneyText.count(progress.record))"]
    for outcome in RowOutcome.allCases {
      guard let count = progress.outcomes[outcome] else { continue }
      parts.append("\(MoneyText.count(count)) \(outcome.rawValue)")
    }
    if progress.active > 0 { parts.append("\(progress.active) under way") }
    if progress.waiting > 0 { parts.append("\(progress.waiting) waiting") }
    if let pause = progress.throttledFor { parts.append("throttled by the API, next try in \(max(pause, 1)) s") }
    if seconds > 0 { parts.append("\(MoneyText.count(Int(Double(settled) / seconds)))/s") }
    return parts.joined(separator: " · ")
  }
}
