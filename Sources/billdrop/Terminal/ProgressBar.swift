/// A line that says how far something has come: a bar where the end is known, then as much in words as there is room for.
struct ProgressBar {
  /// From 0 to 1; `nil` where nobody knows.
  var done: Double?
  /// The most important one first.
  var parts: [String]
  /// Seconds; `nil` where nobody knows.
  var left: Double?

  /// The line, never as wide as the screen: in the last column a terminal may break it.
  func text(columns: Int) -> String {
    let room = max(10, columns - 1)
    guard let done else { return fitting([], room) }
    let share = "\(Int(done * 100)) %"
    let end = left.map { ["\(Self.time($0)) left"] } ?? []
    let words = fitting([share] + end, room)
    // What is left of the line is the bar's, at most 24 columns of it, or it goes without.
    let width = min(24, room - TextWidth.of(words) - 1)
    guard width >= 6 else { return words }
    let filled = Int(done * Double(width))
    return String(repeating: "█", count: filled) + String(repeating: "░", count: width - filled) + " " + words
  }

  /// The first words, and of the parts what has room behind the first of them.
  private func fitting(_ first: [String], _ room: Int) -> String {
    var words = first
    for part in parts {
      var next = words
      next.insert(part, at: first.count > 1 ? next.count - 1 : next.count)
      if TextWidth.of(next.joined(separator: " · ")) > room { break }
      words = next
    }
    return words.joined(separator: " · ")
  }

  /// Seconds for people: `40 s`, `3 min 20 s`, `2 h 5 min`.
  static func time(_ seconds: Double) -> String {
    let whole = Int(min(max(seconds, 0), 1e9).rounded(.up))
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min" + (whole < 600 && whole % 60 > 0 ? " \(whole % 60) s" : "") }
    return "\(whole / 3600) h" + (whole / 60 % 60 > 0 ? " \(whole / 60 % 60) min" : "")
  }
}
