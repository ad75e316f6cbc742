import BillIntake
import RunPipeline

/// Where the check of a file stands: one line that renews itself on a terminal, once it has taken a second.
final class CheckingLine {
  private let isTerminal = Console.messagesAreSeen
  private let beginning = Stopwatch()
  private var lastLine = 0.9
  private var isShown = false

  /// Shows the latest figures.
  func show(_ progress: IntakeProgress) {
    guard isTerminal else { return }
    let seconds = beginning.seconds
    guard seconds - lastLine >= 0.1 else { return }
    Console.renewLine(Self.text(progress, seconds: seconds))
    lastLine = seconds
    isShown = true
  }

  /// Takes the line away before anything else is printed.
  func end() {
    if isShown { Console.renewLine("") }
    isShown = false
  }

  /// A bar and what is left where the size is known, then rows and pace.
  static func text(_ progress: IntakeProgress, seconds: Double) -> String {
    var parts = ["\(MoneyText.count(progress.records)) rows"]
    let pace = Double(progress.bytes) / max(seconds, 0.001)
    parts.append("\(Int(pace / 1_000_000)) MB/s")
    guard let total = progress.totalBytes, total > 0, progress.bytes > 0 else { return parts.joined(separator: " · ") }
    let done = min(1, Double(progress.bytes) / Double(total))
    let width = 24
    let filled = Int(done * Double(width))
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled)
    parts.append("\(Int((Double(total - min(total, progress.bytes)) / pace).rounded(.up))) s left")
    return "\(bar) \(Int(done * 100)) % · " + parts.joined(separator: " · ")
  }
}
