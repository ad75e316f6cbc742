import Tabular

/// A delimited file as far as it can be told what it is: its encoding and delimiter, its first row, and what all values
/// of its columns say.
struct FileSample {
  /// Most bytes of a file that the delimiter is judged by.
  static let blockSize = 256 * 1024

  /// What may stand between values.
  static let delimiters = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|")]

  /// By the names that a sample's encoding can have; those that need no decoding have none.
  private static let encodings = Dictionary(
    uniqueKeysWithValues: ["windows-1252", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32"].compactMap { name in
      (try? TextEncoding(named: name)).map { (name, $0) }
    })

  /// Most rows that titles are looked for in.
  private static let mostTitles = 20

  /// Most different values that are remembered, all columns together.
  private static let mostRemembered = 2_000_000

  let encoding: String
  /// Whether anything else than this encoding could be meant.
  let isEncodingSure: Bool
  let delimiter: UInt8
  let isDelimiterSure: Bool
  private(set) var firstRow: [String] = []
  /// Over all rows but the first one, unless that is included.
  private(set) var columns: [ColumnProfile] = []
  /// Rows after the first one, unless that is included.
  private(set) var rows = 0
  /// Of these, so many have another count of fields than the first row.
  private(set) var misshapen = 0

  /// Begins the file anew: it is read several times.
  typealias Opening = () throws(InputError) -> ByteSource

  /// Reads a file whole.
  init(_ file: Opening) throws(GuessError) {
    let start = try Self.start(of: file)
    let text = start.withUnsafeBytes { BinaryContent.sniff($0) }
    let isWide = text == .utf16 || text == .utf32
    if let text, !isWide { throw .notText(text) }
    if start.isEmpty { throw .empty }
    if FileWriting.looksLikeEBCDIC(start) { throw .ebcdic }
    encoding = isWide ? Self.wide(start) : try Self.isUTF8(file) ? "UTF-8" : "windows-1252"
    isEncodingSure = encoding != "windows-1252"
    if try Self.isEndless(file, encoding) { throw .endlessRow }
    (delimiter, isDelimiterSure) = try Self.delimiter(file, encoding)
    try read(file)
    if firstRow.isEmpty { throw .empty }
  }

  private mutating func read(_ file: Opening) throws(GuessError) {
    var first: [String]?
    var profiles: [ColumnProfile] = []
    var (rows, misshapen) = (0, 0)
    try Self.each(file, encoding, delimiter, blockSize: 1 << 20) { values in
      guard let heading = first else {
        first = values
        profiles = values.map { _ in ColumnProfile(mostRemembered: Self.mostRemembered / values.count) }
        return true
      }
      rows += 1
      if values.count != heading.count { misshapen += 1 }
      if values.count == heading.count { for (index, value) in values.enumerated() { profiles[index].add(value) } }
      return true
    }
    firstRow = first ?? []
    columns = profiles
    self.rows = rows
    self.misshapen = misshapen
  }

  /// Takes the first row for one with values.
  mutating func includeFirstRow() {
    rows += 1
    for (index, value) in firstRow.enumerated() { columns[index].add(value) }
  }

  // MARK: What it is

  static func start(of file: Opening) throws(GuessError) -> [UInt8] {
    do throws(InputError) { return try file().unpacked().next(BinaryContent.sampleBytes) } catch { throw .input(error) }
  }

  /// UTF-16 and UTF-32 by their mark, or by where the zeros of ASCII stand.
  static func wide(_ bytes: [UInt8]) -> String {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32" }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16" }
    let zeros = bytes.indices.count { $0 % 2 == 0 && bytes[$0] == 0 }
    return zeros * 4 >= bytes.count ? "UTF-16BE" : "UTF-16LE"
  }

  private static func isUTF8(_ file: Opening) throws(GuessError) -> Bool {
    var isValid = true
    try eachBatch(file, "UTF-8", UInt8(ascii: ","), blockSize: 1 << 20) { batch in
      isValid = !batch.faults.contains { $0.kind == .invalidUTF8 }
      return isValid
    }
    return isValid
  }

  /// Whether the first row is longer than any may be.
  private static func isEndless(_ file: Opening, _ encoding: String) throws(GuessError) -> Bool {
    var isEndless = false
    try eachBatch(file, encoding, UInt8(ascii: ","), blockSize: blockSize) { batch in
      isEndless = batch.records.first?.fieldCount == 0
      return batch.records.isEmpty
    }
    return isEndless
  }

  /// The delimiter by which the rows at the beginning have the same count of fields, and more than one.
  private static func delimiter(_ file: Opening, _ encoding: String) throws(GuessError) -> (UInt8, Bool) {
    var scores: [(byte: UInt8, share: Int, count: Int)] = []
    for byte in delimiters {
      var counts: [Int] = []
      try each(file, encoding, byte, blockSize: blockSize) { values in
        counts.append(values.count)
        return counts.count < 200
      }
      let first = counts.first ?? 0
      if first > 1 {
        scores.append((byte, counts.count { $0 == first } * 100 / counts.count, first))
      }
    }
    guard let best = scores.max(by: { ($0.share, $0.count) < ($1.share, $1.count) }) else {
      throw try Self.lineOfHeadings(file, encoding).map { .headingsBelow(line: $0) } ?? .noDelimiter
    }
    let isAlone = !scores.contains { $0.byte != best.byte && $0.share > 90 && $0.count * 2 > best.count }
    return (best.byte, best.share >= 80 && isAlone)
  }

  /// The line from which on the rows have the same count of fields, where titles stand above it.
  private static func lineOfHeadings(_ file: Opening, _ encoding: String) throws(GuessError) -> Int? {
    for byte in delimiters {
      var rows: [(line: Int, count: Int)] = []
      try eachBatch(file, encoding, byte, blockSize: blockSize) { batch in
        for record in batch.records { rows.append((Int(record.line), Int(record.fieldCount))) }
        return rows.count < 200
      }
      for (index, row) in rows.enumerated().prefix(mostTitles) where row.count > 2 {
        let below = rows[index...].prefix(200)
        if below.count > 2, below.count(where: { $0.count == row.count }) * 10 >= below.count * 8 { return row.line }
      }
    }
    return nil
  }

  // MARK: Reading

  static func each(
    _ file: Opening, _ encoding: String, _ delimiter: UInt8, blockSize: Int, _ body: ([String]) -> Bool
  ) throws(GuessError) {
    try eachBatch(file, encoding, delimiter, blockSize: blockSize) { batch in
      for record in batch.records where record.fieldCount > 0 {
        let values = batch.fields(of: record).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
        if !body(values) { return false }
      }
      return true
    }
  }

  private static func eachBatch(
    _ file: Opening, _ encoding: String, _ delimiter: UInt8, blockSize: Int, _ body: (borrowing RecordBatch) -> Bool
  ) throws(GuessError) {
    do throws(InputError) {
      let source = try file()
      var reader = CSVReader(
        source: source.unpacked(), dialect: Dialect(delimiter: delimiter), encoding: encodings[encoding],
        options: .fitting(source, most: blockSize))
      var batch = RecordBatch()
      while try reader.next(into: &batch) {
        if !body(batch) { return }
      }
    } catch { throw .input(error) }
  }
}
