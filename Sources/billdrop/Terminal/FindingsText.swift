import BillIntake
import BillModel
import RunPipeline

/// The findings of a file, group by group, in as many lines as there are.
struct FindingsText {
  let groups: [FindingGroup]
  let screen: Screen
  /// How many groups, and examples of each; `nil`: what fits.
  let most: Int?
  /// Where all of them stand, in words.
  let allOfThem: String

  /// Most examples of a group where nobody says how many.
  static let usualExamples = 3

  /// At most `room` lines, but for `most` and at least one group.
  func lines(room: Int) -> [String] {
    guard !groups.isEmpty else { return [] }
    if let most {
      return groups.prefix(most).flatMap { lines($0, examples: most) } + rest(after: min(most, groups.count))
    }
    var shown = 0
    var used = 0
    while shown < groups.count {
      let next = lines(groups[shown], examples: 1).count
      let tail = rest(after: shown + 1).count
      if shown > 0, used + next + tail > room { break }
      used += next
      shown += 1
    }
    let tail = rest(after: shown)
    var counts = [Int](repeating: 1, count: shown)
    for examples in 2...Self.usualExamples {
      for index in 0..<shown {
        let more = lines(groups[index], examples: examples).count - lines(groups[index], examples: counts[index]).count
        guard more > 0, used + more + tail.count <= room else { continue }
        used += more
        counts[index] = examples
      }
    }
    return zip(groups, counts).flatMap { lines($0, examples: $1) } + tail
  }

  private func lines(_ group: FindingGroup, examples: Int) -> [String] {
    let isError = group.count.severity == .error
    let code = group.count.code.rawValue
    let title = [isError ? code : "\(code), a warning", times(group), places(group)].compactMap { $0 }
    var lines = TextLines.wrap(
      title.joined(separator: " · "), to: screen.columns, first: isError ? "  ✗ " : "  ! ", margin: "    ")
    if let range = lines[0].range(of: code) {
      lines[0].replaceSubrange(range, with: screen.paint(code, isError ? "31" : "33"))
    }
    guard let first = group.examples.first?.finding else { return lines }
    lines += TextLines.wrap(
      Masking.oneLine("\(Self.sentence(first.message)) \(first.hint)"), to: screen.columns, first: "    ",
      margin: "    ")
    let shown = group.examples.prefix(examples)
    let digits = shown.map { String($0.finding.line).count }.max() ?? 1
    for example in shown {
      guard let row = example.row, !row.pieces.isEmpty else { continue }
      lines += ExcerptText(row: row, line: example.finding.line, digits: digits, screen: screen).lines
    }
    return lines
  }

  private func times(_ group: FindingGroup) -> String {
    group.count.count == 1 ? "once" : "\(MoneyText.count(group.count.count)) times"
  }

  /// The first lines on which it stands.
  private func places(_ group: FindingGroup) -> String? {
    var lines: [Int] = []
    for example in group.examples where example.finding.line > 0 && !lines.contains(example.finding.line) {
      lines.append(example.finding.line)
    }
    guard let first = lines.first else { return nil }
    if lines.count == 1, group.count.count == 1 { return "line \(first)" }
    let isAll = group.examples.count >= group.count.count
    return "lines \(lines.prefix(5).map(String.init).joined(separator: ", "))"
      + (isAll && lines.count <= 5 ? "" : ", …")
  }

  /// What isn't shown, by name.
  private func rest(after shown: Int) -> [String] {
    let rest = groups.dropFirst(shown)
    guard !rest.isEmpty else { return [] }
    let named = rest.prefix(4).map { "\($0.count.code.rawValue) \(MoneyText.count($0.count.count))" }
    let kinds = rest.count == 1 ? "1 more kind of finding" : "\(rest.count) more kinds of finding"
    let names = named.joined(separator: ", ") + (rest.count > named.count ? ", …" : "")
    return TextLines.wrap("… and \(kinds): \(names) (\(allOfThem))", to: screen.columns, first: "  ", margin: "    ")
  }

  static func sentence(_ text: String) -> String {
    text.last.map { ".!?".contains($0) } == true ? text : text + "."
  }
}

extension String {
  /// Where a text stands in this one first.
  fileprivate func range(of text: String) -> Range<String.Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
