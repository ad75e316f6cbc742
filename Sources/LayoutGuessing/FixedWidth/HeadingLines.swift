/// Lines before the records that name the columns, and perhaps underline them.
struct HeadingLines {
  /// How many lines they are.
  let count: Int
  private let signs: [UInt32]

  static let none = HeadingLines(count: 0, signs: [])

  private init(count: Int, signs: [UInt32]) {
    self.count = count
    self.signs = signs
  }

  /// - Parameter rows: The lines of the file's beginning.
  init(_ rows: [[UInt32]]) {
    self = .none
    guard rows.count > 3, let first = rows.first, !Self.hasDigits(first),
      Self.isUnderline(rows[1]) || Self.isKnown(first)
    else { return }
    let records = rows.dropFirst(2).prefix(200)
    guard records.count(where: Self.hasDigits) * 2 > records.count else { return }
    self.init(count: Self.isUnderline(rows[1]) ? 2 : 1, signs: first)
  }

  /// What stands above each column: a word belongs to the one that most of it stands above.
  func texts(above columns: [Range<Int>]) -> [String] {
    var texts = [[String]](repeating: [], count: columns.count)
    var start = 0
    while start < signs.count {
      var end = start
      while end < signs.count, SignKind(signs[end]) != .blank { end += 1 }
      if end > start {
        let shares = columns.map { $0.clamped(to: start..<end).count }
        if let most = shares.max(), most > 0, let column = shares.firstIndex(of: most) {
          texts[column].append(text(start..<end))
        }
      }
      start = end + 1
    }
    return texts.map { $0.joined(separator: " ") }
  }

  private func text(_ range: Range<Int>) -> String {
    var text = ""
    for sign in signs[range] { text.unicodeScalars.append(Unicode.Scalar(sign) ?? " ") }
    return text
  }

  private static func hasDigits(_ row: [UInt32]) -> Bool { row.contains { SignKind($0) == .digit } }

  private static func isUnderline(_ row: [UInt32]) -> Bool {
    row.count { $0 == 0x2D || $0 == 0x3D || $0 == 0x5F } * 2 > row.count
      && row.allSatisfy { SignKind($0) == .blank || SignKind($0) == .mark }
  }

  /// Whether two of its words, which blanks separate, name what a bill has.
  private static func isKnown(_ row: [UInt32]) -> Bool {
    var text = ""
    for sign in row { text.unicodeScalars.append(Unicode.Scalar(sign) ?? " ") }
    let words = text.split(separator: " ").map(String.init)
    let pairs = zip(words, words.dropFirst()).map { $0 + $1 }
    return (words + pairs).count { TargetWords.target(of: $0) != nil } >= 2
  }
}
