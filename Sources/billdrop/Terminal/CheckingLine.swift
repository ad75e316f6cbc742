import BillIntake
import BillModel
import BillReports

/// Where the check of a file stands.
final class CheckingLine {
  private let clock: ProgressClock

  /// - Parameter isJSON: Lines are for programs.
  init(isJSON: Bool) { clock = ProgressClock(isJSON: isJSON) }

  /// Shows the latest figures.
  func show(_ progress: IntakeProgress) {
    clock.tick { line in
      line.string("stage", "checking")
      line.integer("rows", progress.records)
      line.integer("bytes", progress.bytes)
      if let total = progress.totalBytes { line.integer("total_bytes", total) }
    } text: { seconds, columns in
      Self.text(progress, seconds: seconds, columns: columns)
    }
  }

  /// Takes the line away before anything else is printed.
  func end() { clock.end() }

  /// A bar and the time left where the size is known, rows and pace in any case.
  static func text(_ progress: IntakeProgress, seconds: Double, columns: Int) -> String {
    let pace = Double(progress.bytes) / max(seconds, 0.001)
    var bar = ProgressBar(
      done: nil, parts: ["\(MoneyText.count(progress.records)) rows", "\(Self.megabytes(pace)) MB/s"])
    if let total = progress.totalBytes, total > 0, progress.bytes > 0 {
      bar.done = min(1, Double(progress.bytes) / Double(total))
      bar.left = Double(total - min(total, progress.bytes)) / pace
    }
    return bar.text(columns: columns)
  }

  /// Whole ones, but for a pace below ten.
  private static func megabytes(_ pace: Double) -> String {
    let tenths = Int(pace / 100_000)
    return tenths < 100 ? "\(tenths / 10).\(tenths % 10)" : "\(tenths / 10)"
  }
}
