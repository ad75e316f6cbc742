import BillModel

/// Some records below a ruler, and below them where the columns begin: as comments, masked.
struct Ruler {
  private(set) var lines: [String] = []

  /// How many places stand side by side, and how many such pieces are shown.
  private static let (width, most) = (100, 12)

  init(_ sample: FixedWidthSample, _ fields: FixedWidthFields) {
    let rows = Self.rows(sample, fields)
    let marks = Self.marks(sample, fields)
    let end = ([marks.count] + rows.map(\.count)).max() ?? 0
    var shown = 0
    for start in stride(from: 0, to: end, by: Self.width) where shown < Self.most {
      let pieces = rows.map { Self.piece($0, start) }
      if pieces.allSatisfy(\.isEmpty) { continue }
      shown += 1
      lines.append(Self.piece(Self.scale(start + Self.width), start))
      lines += pieces
      lines.append(Self.piece(marks, start))
    }
    lines = lines.map { String($0) }
  }

  private static func piece(_ line: [Character], _ start: Int) -> String {
    var piece = line.dropFirst(start).prefix(width)
    while piece.last == " " { piece.removeLast() }
    return String(piece)
  }

  /// `----+----1----+----2`
  private static func scale(_ count: Int) -> [Character] {
    (1...max(1, count)).map { (place: Int) -> Character in
      if place % 10 == 0 { return Character(String(place / 10 % 10)) }
      return place % 5 == 0 ? "+" : "-"
    }
  }

  /// The columns' names from where they begin, behind `|`, or `?` where that isn't sure.
  private static func marks(_ sample: FixedWidthSample, _ fields: FixedWidthFields) -> [Character] {
    var marks = [Character](repeating: " ", count: sample.places.width)
    for (name, column) in zip(fields.names, fields.columns) {
      let words = (column.cut.isStartSure ? "|" : "?") + name
      for (place, character) in zip(column.range, words) { marks[place] = character }
    }
    return marks
  }

  // MARK: Records

  private static func rows(_ sample: FixedWidthSample, _ fields: FixedWidthFields) -> [[Character]] {
    var rows: [[Character]] = []
    let others = [sample.kinds.header, sample.kinds.parent].compactMap { $0?.rows.first }
    rows += others.map { maskedLetters(sample.signs[$0]) }
    rows += (0..<min(2, sample.places.count)).map { masked($0, sample, fields) }
    if let trailer = sample.kinds.trailer?.rows.last { rows.append(maskedLetters(sample.signs[trailer])) }
    return rows
  }

  /// A record that is no bill: of each word the first letter, of long numbers the ends.
  private static func maskedLetters(_ signs: [UInt32]) -> [Character] {
    var row = signs.map(character)
    var start = 0
    while start < row.count {
      let kind = SignKind(signs[start])
      var end = start + 1
      while end < row.count, SignKind(signs[end]) == kind { end += 1 }
      if kind == .letter { for index in start + 1..<end { row[index] = "*" } }
      if kind == .digit, (9...13).contains(end - start) { for index in start + 2..<end - 2 { row[index] = "*" } }
      start = end
    }
    return row
  }

  private static func masked(_ row: Int, _ sample: FixedWidthSample, _ fields: FixedWidthFields) -> [Character] {
    var characters = sample.places.rows[row].map(character)
    for (index, column) in fields.columns.enumerated() {
      let masked = Array(Masking.mask(String(characters[column.range]), as: kind(index, column, fields)))
      if masked.count == column.range.count { characters.replaceSubrange(column.range, with: masked) }
    }
    return characters
  }

  private static func kind(_ index: Int, _ column: FixedWidthColumn, _ fields: FixedWidthFields) -> Masking.Kind {
    if fields.isIdentity(index) { return .identity }
    switch fields.target(index) {
    case .email: return .email
    case .phone: return .phone
    case .name: return .name
    case .none: return column.cut.kind == nil ? .name : column.cut.kind == .digits ? .phone : .plain
    default: return .plain
    }
  }

  /// A sign as it can be shown: `·` for what is no text.
  private static func character(_ sign: UInt32) -> Character {
    SignKind(sign) == .other ? "·" : Unicode.Scalar(sign).map { Character($0) } ?? "·"
  }
}
