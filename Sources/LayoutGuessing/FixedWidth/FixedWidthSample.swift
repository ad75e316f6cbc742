import Tabular

/// A file of fixed width as far as it can be seen what it is.
struct FixedWidthSample {
  let writing: FileWriting
  let records: FramedRecords
  /// Whether places count bytes; else they count characters.
  let countsBytes: Bool
  /// The length that all records have, in what places count; `nil` where they differ.
  let length: Int?
  /// How many of the records have another one.
  let misshapen: Int
  /// How many records were read, and aren't looked at.
  let leftOut: Int
  /// Of how many parts of the file its records are: the whole, or the beginning, the end, and what is between.
  let parts: Int
  /// The records as signs.
  let signs: [[UInt32]]
  /// Lines before the records that name the columns.
  let headings: HeadingLines
  let kinds: RecordKindsGuess
  let places: Places
  let cuts: [ColumnCut]

  /// - Parameters:
  ///   - file: Its windows.
  ///   - wide: UTF-16 or the like, which the windows are decoded from.
  init?(_ file: FileWindows, wide: String? = nil) {
    guard let head = file.windows.first else { return nil }
    let isEBCDIC = wide == nil && FileWriting.looksLikeEBCDIC(head.bytes.prefix(BinaryContent.sampleBytes))
    let isText = !isEBCDIC && (wide != nil || !Self.hasControls(head.bytes))
    guard let records = FramedRecords(file.withoutMark, isEBCDIC: isEBCDIC, isText: isText), !records.records.isEmpty,
      let writing = Self.writing(records, wide, isEBCDIC: isEBCDIC)
    else { return nil }
    self.writing = writing
    self.records = records
    parts = file.windows.count
    let all = records.records
    let bytes = all.map { writing.signs(of: $0, byCharacters: false) }
    let characters = writing.scalars == nil ? all.map { writing.signs(of: $0, byCharacters: true) } : bytes
    let isBytes =
      writing.scalars != nil || wide == nil && Self.areEven(bytes, characters)
    countsBytes = isBytes
    let lines = isBytes ? bytes : characters
    headings = isText && records.hasLineEnds ? HeadingLines(lines) : .none
    let skipped = headings.count
    let signs = Array(lines.dropFirst(skipped))
    let mode = Self.mode(signs)
    guard let most = signs.map(\.count).max(), FixedWidthFile.lengths.contains(most) else { return nil }
    // The last record may be cut.
    misshapen = signs.count { $0.count != mode.length }
    length = mode.share * 50 >= signs.count * 49 || misshapen <= 1 && signs.count > 2 ? mode.length : nil
    let whole = length.map { length in signs.indices.filter { signs[$0].count == length } } ?? Array(signs.indices)
    let kept = Self.thinned(whole, most: max(64, Self.mostSigns / most))
    leftOut = signs.count - kept.count
    let bills = kept.map { signs[$0] }
    self.signs = bills
    kinds = RecordKindsGuess(bills)
    let details = kinds.detail.flatMap(\.rows)
    let isRaw = writing.scalars != nil && !isText
    places = Places(signs: details.map { bills[$0] }, bytes: isRaw ? details.map { all[kept[$0] + skipped] } : [])
    let seen = ColumnCut.all(places, from: kinds.length)
    cuts = isBytes ? seen : seen.map(\.withoutSign)
  }

  /// How many signs are looked at, all records together, blanks at their ends included.
  private static let mostSigns = 4_000_000

  /// So many of the records at most, the first and the last among them.
  private static func thinned(_ rows: [Int], most: Int) -> [Int] {
    guard rows.count > most else { return rows }
    return (0..<most).map { rows[$0 * (rows.count - 1) / (most - 1)] }
  }

  /// Whether records are counted in bytes: they are of fewer lengths so.
  private static func areEven(_ bytes: [[UInt32]], _ characters: [[UInt32]]) -> Bool {
    let isASCII = zip(bytes, characters).allSatisfy { $0.count == $1.count }
    return isASCII || Set(bytes.map(\.count)).count < Set(characters.map(\.count)).count
  }

  private static func hasControls(_ bytes: [UInt8]) -> Bool {
    bytes.contains { $0 < 0x20 && $0 != 0x0A && $0 != 0x0D && $0 != 0x09 && $0 != 0x1A && $0 != 0x0C }
  }

  /// The length that most records have, and how many these are.
  private static func mode(_ rows: [[UInt32]]) -> (length: Int, share: Int) {
    let counts = Dictionary(grouping: rows, by: \.count).mapValues(\.count)
    return counts.max { ($0.value, $0.key) < ($1.value, $1.key) }.map { ($0.key, $0.value) } ?? (0, 0)
  }

  private static func writing(_ framed: FramedRecords, _ wide: String?, isEBCDIC: Bool) -> FileWriting? {
    if let wide { return .wide(wide) }
    if isEBCDIC { return .singleByte("IBM037", isEBCDIC: true) }
    let isBinary = framed.hasDescriptors || framed.records.contains { hasControls($0) }
    let isUTF8 = framed.records.allSatisfy { String(validating: $0, as: UTF8.self) != nil }
    return isUTF8 && !isBinary ? .utf8 : .singleByte("windows-1252", isEBCDIC: false)
  }
}

extension FixedWidthSample {
  /// Whether the file was read whole.
  var isWhole: Bool { parts == 1 }

  /// The signs of EBCDIC that stand at the same places in all code pages: A to Z, 0 to 9, and some marks.
  private static let plain = Set(" .<(+&*);-/,%_>?:'=\"{}".unicodeScalars.map(\.value))

  /// How many signs of the bills' text are others in other code pages of EBCDIC.
  var oddSigns: Int {
    cuts.filter { $0.kind != .packed }.reduce(0) { count, cut in
      count
        + places.rows.reduce(0) { count, row in
          count
            + row[cut.range].count { sign in
              let isASCII = (0x30...0x39).contains(sign) || (0x41...0x5A).contains(sign) || (0x61...0x7A).contains(sign)
              return !isASCII && SignKind(sign) != .other && !Self.plain.contains(sign)
            }
        }
    }
  }
}
