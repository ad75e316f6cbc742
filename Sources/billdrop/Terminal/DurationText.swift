/// Lengths of time for people.
enum DurationText {
  /// In the two largest units that matter: `2 days 3 hours`, `4 min 10 sec`, `12 sec`.
  static func of(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 1 else { return "less than a second" }
    let whole = Int(min(seconds, 1e15).rounded())
    let units = [
      (whole / 86_400, "day", "days"), (whole / 3600 % 24, "hour", "hours"), (whole / 60 % 60, "min", "min"),
      (whole % 60, "sec", "sec"),
    ]
    let first = units.firstIndex { $0.0 > 0 } ?? 3
    return units[first...].prefix(2).filter { $0.0 > 0 }.map { "\($0.0) \($0.0 == 1 ? $0.1 : $0.2)" }
      .joined(separator: " ")
  }
}
