import Tabular

/// Tells a file of fixed width, in whose names and addresses a comma may stand, from a delimited one.
struct FixedWidthFile {
  private let file: FileSample.Opening
  private let start: [UInt8]
  private let content: BinaryContent?
  /// UTF-16 or UTF-32, where it is that.
  private let wide: String?
  /// Whether it is no text alone: EBCDIC, or packed numbers between text.
  private let isBinary: Bool

  /// How many rows are looked at, and how many of them there must be to be certain.
  private static let (mostRows, leastRows) = (200, 3)
  /// The least length of a row with values at fixed places, and the greatest.
  static let lengths = 20...32_768

  init(_ file: @escaping FileSample.Opening) throws(GuessError) {
    self.file = file
    let start = try FileSample.start(of: file)
    self.start = start
    content = start.withUnsafeBytes { BinaryContent.sniff($0) }
    let marks: [[UInt8]] = [[0xFF, 0xFE], [0, 0, 0xFE, 0xFF], [0xFE, 0xFF]]
    let isEBCDIC = FileWriting.looksLikeEBCDIC(start)
    let hasMark = marks.contains { start.starts(with: $0) }
    let isWide = (content == .utf16 || content == .utf32) && (hasMark || !isEBCDIC)
    wide = isWide ? FileSample.wide(start) : nil
    isBinary = !isWide && (isEBCDIC || content == .unknown || content == .utf16)
  }

  /// What is seen of the file, if it is one of fixed width.
  ///
  /// - Parameter isCertain: Whether it must be one beyond doubt; else it may be what else is no delimited text.
  func sample(isCertain: Bool) throws(GuessError) -> FixedWidthSample? {
    guard content == nil || isBinary || wide != nil else { return nil }
    let encoding = wide.flatMap { try? TextEncoding(named: $0) }
    // Most files are delimited, which their beginning shows.
    let rows = firstRows
    if isCertain, !isBinary, wide == nil, rows.count > 1, !Self.areCertain(rows) { return nil }
    guard let sample = FixedWidthSample(try FileWindows(file, decoding: encoding), wide: wide),
      sample.places.count > 0
    else { return nil }
    if isBinary || sample.records.measure != nil {
      let isSeen = sample.cuts.count > 1 && sample.signs.count >= Self.leastRows
      return isSeen && (isBinary || !Self.areDelimited(sample.signs)) ? sample : nil
    }
    // Of one record without columns there is nothing to say.
    guard sample.cuts.count > 1 || sample.places.distinct > 1 else { return nil }
    let some = Array(sample.signs.prefix(Self.mostRows))
    if isCertain, !Self.areCertain(some) || sample.length == nil && Self.haveDelimiters(some) { return nil }
    return sample.length != nil || Self.isSeen(sample.cuts) ? sample : nil
  }

  /// Whether columns show that records of differing lengths are no other text: places that are sure, or a date, an amount
  /// or the like.
  private static func isSeen(_ cuts: [ColumnCut]) -> Bool {
    let told = cuts.count { $0.kind.map { $0 != .digits && $0 != .number } ?? false }
    return cuts.count(where: \.isStartSure) > 2 || told > 0 && cuts.count > 2
  }

  /// The first lines, a byte a sign.
  private var firstRows: [[UInt32]] {
    let isCut = start.count == BinaryContent.sampleBytes
    let rows = start.split(whereSeparator: { $0 == 0x0A || $0 == 0x0D })
    return rows.prefix(isCut ? max(1, min(Self.mostRows, rows.count - 1)) : Self.mostRows).map { $0.map { UInt32($0) } }
  }

  /// Whether most rows are padded with blanks inside, and no delimiter stands in all of them twice or more, or once at
  /// the same place: that is a delimited file whose values are padded.
  private static func areCertain(_ rows: [[UInt32]]) -> Bool {
    rows.count >= leastRows && 2 * rows.count(where: isPadded) >= rows.count && !areDelimited(rows)
  }

  private static func areDelimited(_ rows: [[UInt32]]) -> Bool {
    FileSample.delimiters.contains { isDelimited(rows, by: UInt32($0)) }
  }

  /// Whether a delimiter stands twice or more in most rows.
  private static func haveDelimiters(_ rows: [[UInt32]]) -> Bool {
    FileSample.delimiters.contains { delimiter in
      rows.count { places(of: UInt32(delimiter), in: $0).count > 1 } * 10 >= rows.count * 8
    }
  }

  /// Where a delimiter stands, but for those between quotes.
  private static func places(of sign: UInt32, in row: [UInt32]) -> [Int] {
    var isQuoted = false
    return row.indices.filter { index in
      if row[index] == 0x22 { isQuoted.toggle() }
      return row[index] == sign && !isQuoted
    }
  }

  private static func isPadded(_ row: [UInt32]) -> Bool {
    zip(row, row.dropFirst()).contains { $0 == 0x20 && $1 == 0x20 }
  }

  private static func isDelimited(_ rows: [[UInt32]], by sign: UInt32) -> Bool {
    let places = rows.map { Self.places(of: sign, in: $0) }
    // Headers and trailers may have none.
    let marked = places.filter { !$0.isEmpty }
    guard let first = marked.first, marked.count * 10 >= places.count * 9 else { return false }
    if first.count > 1 { return marked.count { $0.count == first.count } * 10 >= marked.count * 9 }
    guard marked.allSatisfy({ $0 == first }) else { return false }
    // A decimal comma stands between digits.
    let isDecimal = zip(rows, places).allSatisfy { row, place in
      guard let place = place.first, place > 0, place + 2 < row.count else { return place.isEmpty }
      return SignKind(row[place - 1]) == .digit && SignKind(row[place + 1]) == .digit
        && SignKind(row[place + 2]) == .digit
    }
    return !(sign == 0x2C && isDecimal)
  }
}
