import BillIntake
import BillModel
import FileRuns
import LayoutGuessing

/// The findings of a file, group by group, in as many lines as there are.
struct FindingsText {
  /// The groups, each with what makes all of its rows right.
  private let groups: [(FindingGroup, [ColumnMend])]
  let screen: Screen
  /// How many groups, and examples of each; `nil`: what fits.
  let most: Int?
  /// Where all of them stand, in words.
  let allOfThem: String

  /// - Parameters:
  ///   - groups: In their order; those that a line of a layout mends as a whole come first.
  ///   - mends: What makes whole columns right.
  init(groups: [FindingGroup], mends: [ColumnMend] = [], screen: Screen, most: Int?, allOfThem: String) {
    let cured = groups.map { group in
      let cures = mends.filter { $0.code == group.count.code && group.count.severity == .error }
      return (group, cures.reduce(0) { $0 + $1.count } == group.count.count ? cures : [])
    }
    self.groups = cured.filter { !$0.1.isEmpty } + cured.filter { $0.1.isEmpty }
    self.screen = screen
    self.most = most
    self.allOfThem = allOfThem
  }

  /// Most examples of a group where nobody says how many.
  static let usualExamples = 3

  /// At most `room` lines, but for `most` and at least one group.
  func lines(room: Int) -> [String] {
    guard !groups.isEmpty else { return [] }
    if let most {
      return groups.prefix(most).flatMap { lines($0, $1, examples: most) } + rest(after: min(most, groups.count))
    }
    var shown = 0
    var used = 0
    while shown < groups.count {
      let next = lines(at: shown, examples: 1).count
      let tail = rest(after: shown + 1).count
      if shown > 0, used + next + tail > room { break }
      used += next
      shown += 1
    }
    let tail = rest(after: shown)
    var counts = [Int](repeating: 1, count: shown)
    for examples in 2...Self.usualExamples {
      for index in 0..<shown {
        let more = lines(at: index, examples: examples).count - lines(at: index, examples: counts[index]).count
        guard more > 0, groups[index].1.isEmpty, used + more + tail.count <= room else { continue }
        used += more
        counts[index] = examples
      }
    }
    return counts.indices.flatMap { lines(at: $0, examples: counts[$0]) } + tail
  }

  private func lines(at index: Int, examples: Int) -> [String] {
    lines(groups[index].0, groups[index].1, examples: examples)
  }

  private func lines(_ group: FindingGroup, _ cures: [ColumnMend], examples: Int) -> [String] {
    let isError = group.count.severity == .error
    let code = group.count.code.rawValue
    let title = [isError ? code : "\(code), a warning", times(group), places(group)].compactMap { $0 }
    var lines = TextLines.wrap(
      title.joined(separator: " · "), to: screen.columns, first: isError ? "  ✗ " : "  ! ", margin: "    ")
    if let range = lines[0].range(of: code) {
      lines[0].replaceSubrange(range, with: screen.paint(code, isError ? "31" : "33"))
    }
    for cure in cures { lines += self.lines(cure) }
    let shown = group.examples.prefix(examples)
    let digits = shown.map { String($0.finding.line).count }.max() ?? 1
    let isMixed = Set(group.examples.map { Self.words($0.finding) }).count > 1
    var told = ""
    for example in shown {
      let words = Self.words(example.finding)
      if cures.isEmpty, words != told {
        lines += wrapped(isMixed && example.finding.line > 0 ? "Line \(example.finding.line): \(words)" : words)
      }
      told = words
      guard let row = example.row, !row.pieces.isEmpty else { continue }
      lines += ExcerptText(row: row, line: example.finding.line, digits: digits, screen: screen).lines
    }
    return lines
  }

  /// The line of a layout is not wrapped, so that it can be copied.
  private func lines(_ cure: ColumnMend) -> [String] {
    wrapped(cure.message)
      + ["      \(screen.paint(cure.line.escapedForTerminal, "1"))"]
  }

  private func wrapped(_ text: String) -> [String] {
    TextLines.wrap(Masking.oneLine(text), to: screen.columns, first: "    ", margin: "    ")
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
    let named = rest.prefix(4).map { "\($0.0.count.code.rawValue) \(MoneyText.count($0.0.count.count))" }
    let kinds = rest.count == 1 ? "1 more kind of finding" : "\(rest.count) more kinds of finding"
    let names = named.joined(separator: ", ") + (rest.count > named.count ? ", …" : "")
    return TextLines.wrap("… and \(kinds): \(names) (\(allOfThem))", to: screen.columns, first: "  ", margin: "    ")
  }

  private static func words(_ finding: Finding) -> String { "\(sentence(finding.message)) \(finding.hint)" }

  static func sentence(_ text: String) -> String {
    text.last.map { ".!?".contains($0) } == true ? text : text + "."
  }
}

extension String {
  /// The text of a JSON line with what a terminal must not get as JSON's escapes.
  fileprivate var escapedForTerminal: String {
    var text = ""
    for scalar in unicodeScalars {
      if Masking.oneLine(String(scalar)) == String(scalar) {
        text.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return text
  }

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
