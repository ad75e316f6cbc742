import Tabular

/// A file for a reader of records: read whole, in blocks of another size and from a gzip, it must be the same.
struct RecordsInput {
  enum Form {
    case csv(Dialect)
    case fixedWidth(FixedWidthDialect)
  }

  let form: Form
  let encoding: TextEncoding?
  private(set) var compression: Compression
  let blockSize: Int
  let limit: Int
  private(set) var bytes: [UInt8]
  /// Whether it is read from a gzip too.
  let isPacked: Bool

  /// The first nine bytes choose dialect and blocks.
  init(csv input: [UInt8]) {
    var supply = ByteSupply(input)
    form = .csv(Self.dialect(&supply))
    (encoding, compression, isPacked) = (nil, .none, false)
    let smallest = supply.number(1...64)
    limit = supply.bit() ? CSVParser.defaultMaximumRecordBytes : supply.number(1...60)
    bytes = Array(supply.rest)
    blockSize = Self.blockSize(smallest, of: bytes)
  }

  /// A CSV without a limit, as it is.
  init(plain bytes: [UInt8], delimiter: UInt8, quote: UInt8) {
    form = .csv(Dialect(delimiter: delimiter, quote: quote))
    (encoding, compression, isPacked) = (nil, .none, false)
    limit = CSVParser.defaultMaximumRecordBytes
    self.bytes = bytes
    blockSize = Self.blockSize(64, of: bytes)
  }

  /// The first bytes, two for each field among them, choose dialect and blocks.
  init(fixedWidth input: [UInt8]) {
    var supply = ByteSupply(input)
    form = .fixedWidth(Self.fixedWidthDialect(&supply))
    (encoding, compression, isPacked) = (nil, .none, false)
    let smallest = supply.number(1...64)
    limit = supply.bit() ? CSVParser.defaultMaximumRecordBytes : supply.number(1...60)
    bytes = Array(supply.rest)
    blockSize = Self.blockSize(smallest, of: bytes)
  }

  /// The first three bytes choose encoding, packing and blocks.
  init(encoded input: [UInt8]) {
    var supply = ByteSupply(input)
    form = .csv(Dialect(delimiter: UInt8(ascii: ";")))
    encoding = supply.pick(Self.encodings)
    let packing = supply.byte()
    compression = packing & 1 == 1 ? .automatic : .none
    isPacked = packing & 7 == 2
    let smallest = supply.number(1...64)
    limit = CSVParser.defaultMaximumRecordBytes
    bytes = Array(supply.rest)
    blockSize = Self.blockSize(smallest, of: bytes)
  }

  /// All kinds of encodings that iconv has: of one byte, of several, with states, with orders of bytes.
  private static let encodings = [
    "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "windows-1252", "ISO-8859-15",
    "IBM037",
    "IBM500", "IBM1047", "IBM930", "GB18030", "SHIFT_JIS", "EUC-JP", "ISO-2022-JP", "EUC-KR", "BIG5", "windows-1258",
  ].map { try? TextEncoding(named: $0) }

  /// At most 32 blocks: a record that isn't whole is looked at again with each further one.
  private static func blockSize(_ smallest: Int, of bytes: [UInt8]) -> Int { max(smallest, bytes.count / 32) }

  /// Whether each place in the input is known exactly, or is that of its line. Where the byte of a line end may stand in a
  /// character or in an escape sequence, lines can't be told before they are decoded, and a place may be that of the bytes
  /// that were decoded at once.
  var isExact: Bool { !["IBM930", "ISO-2022-JP"].contains(encoding?.name) }

  private static func dialect(_ supply: inout ByteSupply) -> Dialect {
    var separators = Array(",;|\t\"'\\".utf8)
    let delimiter = separators.remove(at: supply.number(0...separators.count - 1))
    let quote = supply.bit() ? separators.remove(at: supply.number(0...separators.count - 1)) : nil
    let escape = supply.bit() ? separators.remove(at: supply.number(0...separators.count - 1)) : nil
    let comments: [[UInt8]?] = [nil, Array("#".utf8), Array("//".utf8), Array("\"".utf8), Array("é".utf8)]
    return Dialect(
      delimiter: delimiter, quote: quote, escape: escape, comment: supply.pick(comments),
      skippedLines: max(0, supply.number(-4...2)), hasHeading: supply.bit())
  }

  private static func fixedWidthDialect(_ supply: inout ByteSupply) -> FixedWidthDialect {
    let isText = supply.bit()
    let length = supply.number(1...12)
    let lineEnd = supply.pick([FixedWidthDialect.LineEnd.text, .ebcdic])
    let framing = supply.pick(
      [FixedWidthDialect.Framing.lines(lineEnd), .measured(length, lineEnd), .blocks(length)]
        + (isText ? [] : [.described]))
    let hasLengths = supply.bit()
    let skipped = max(0, supply.number(-4...2))
    let fields = (0..<supply.number(1...5)).map { _ in
      FixedWidthField(start: supply.number(1...12), length: supply.number(1...6))
    }
    let extent = fields.map { $0.start + $0.length - 1 }.max() ?? 1
    var lengths: ClosedRange<Int>?
    if framing == .described, hasLengths { lengths = length...length }
    if case .lines = framing, hasLengths { lengths = supply.bit() ? length...length : 0...(2 * extent - 1) }
    return FixedWidthDialect(
      fields: fields, unit: isText && supply.bit() ? .characters : .bytes, content: isText ? .text : .raw,
      framing: framing, lengths: lengths,
      skippedLines: framing == .blocks(length) || framing == .described ? 0 : skipped,
      hasHeading: supply.bit())
  }

  private func packed() -> RecordsInput {
    let deflater = GzipDeflater()
    var packed = self
    packed.bytes = deflater.pack(bytes) + deflater.finish()
    packed.compression = .gzip
    return packed
  }

  /// Reads several times and compares.
  func compare() {
    // Just room enough, so that the sanitizer sees what is read behind it.
    let whole = ReadRecords(self, blockSize: 3 * bytes.count + 4)
    precondition(whole == ReadRecords(self, blockSize: blockSize), "another reading in blocks of \(blockSize) bytes")
    if isPacked { precondition(whole == ReadRecords(packed(), blockSize: blockSize), "another reading from a gzip") }
    guard case .csv(let dialect) = form else { return }
    whole.checkOrder(dialect)
    if encoding == nil, let quote = dialect.quote, dialect.escape == nil {
      RewrittenRecords(whole, delimiter: dialect.delimiter, quote: quote).compare()
    }
  }
}
