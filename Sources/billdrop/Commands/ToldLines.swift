import BillModel

/// What a run that stays has told: what is still so at the next look is not told again, but once a day.
///
/// What a look doesn't say any more is forgotten, so that it is news when it comes back.
struct ToldLines {
  private struct Line {
    var toldAt: Int64
    var isSeen: Bool
  }

  /// Milliseconds after which something that is still so is told again.
  private static let interval: Int64 = 86_400_000

  private var lines: [String: Line] = [:]

  /// Whether a line is to be told now.
  ///
  /// - Parameter isNews: Whether it is told to nobody yet, where somebody else knows that; `nil`: what was never seen is.
  mutating func isDue(_ text: String, isNews: Bool? = nil, now: WallTime) -> Bool {
    let known = lines[text]
    let isDue = isNews ?? (known == nil) || known.map { now.milliseconds - $0.toldAt >= Self.interval } ?? false
    lines[text] = Line(toldAt: isDue ? now.milliseconds : known?.toldAt ?? now.milliseconds, isSeen: true)
    return isDue
  }

  /// Ends a look.
  mutating func endLook() {
    lines = lines.filter(\.value.isSeen).mapValues { Line(toldAt: $0.toldAt, isSeen: false) }
  }
}
