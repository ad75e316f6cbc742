/// A source's text as UTF-8, with what is needed to find the way back: marks, and the faults of decoding.
///
/// Text that is UTF-8 already passes untouched. A first byte order mark stays in the text, so that a second one is seen
/// to be one too many.
final class TextSource {
  private let source: ByteSource
  /// The input's name.
  var name: String { source.name }
  /// `nil`: the bytes are what they are, and no mark is looked for.
  private let encoding: TextEncoding?
  /// Places in the text that were not yet forgotten.
  var map = SourceMap()
  /// What could not be decoded, in the order of the text.
  var faults: [DecodingFault] = []

  private var way = Way.undecided
  /// How many bytes the last reading has put into its buffer, also where it threw.
  private(set) var filled = 0
  /// What is wrong with the source behind the text that is handed out.
  private var damage: InputError?
  /// What the text is decoded from, as iconv calls it; `nil` as long as nothing was decoded.
  private(set) var decodedFrom: DecodedFrom?
  /// Line ends that aren't like the first one, in the order of the text.
  private(set) var otherLineEnds: [ReplacedBytes] = []
  /// Bytes of the source that are not decoded yet, from `inputStart` on.
  private var input: GrowingBuffer<UInt8>
  private var inputStart = 0
  private(set) var isInputAtEnd = false
  /// Text that was not yet handed out, from `outputStart` on.
  var output: GrowingBuffer<UInt8>
  private var outputStart = 0
  /// Whether marks stand where lines begin, and whether what is decoded next begins one.
  var goesByLine = false
  var isAtLineStart = true
  /// How much text was decoded.
  var textOffset: Int64 = 0

  /// Bytes of the source that are decoded at once.
  private let chunk: Int
  /// As many as that usually, and never fewer than these: the beginning of a character has room in them.
  static let usualChunk = 16 * 1024
  private static let leastChunk = 64

  private enum Way {
    case undecided
    case passing
    case table(SingleByteTable)
    case iconv(Iconv, unit: Int)
    case ended
  }

  /// - Parameter most: Bytes of the source that are decoded at once, at most.
  init(_ source: ByteSource, _ encoding: TextEncoding?, atOnce most: Int = usualChunk) {
    self.source = source
    self.encoding = encoding
    chunk = min(Self.usualChunk, max(Self.leastChunk, most))
    input = GrowingBuffer(capacity: chunk + RecordBatch.padding)
    // Where nothing is to be decoded, next to nothing goes through here.
    output = GrowingBuffer(capacity: encoding == nil ? 0 : 4 * chunk)
  }

  /// Fills `buffer` with text; fewer bytes than asked for mean the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    filled = 0
    if case .undecided = way { try decide() }
    filled = handOut(into: buffer)
    while filled < buffer.count {
      if let damage { throw damage }
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      switch way {
      case .undecided, .ended: return filled
      case .passing:
        filled += try readToDamage(into: rest)
        if let damage { throw damage }
        return filled
      case .table(let table): try refill { decode($0, with: table) }
      case .iconv(let converter, let unit): try refill { decode($0, with: converter, unit: unit) }
      }
      filled += handOut(into: rest)
    }
    return filled
  }

  /// Reads bytes of the source. Where it is damaged, those before that come first.
  private func readToDamage(into buffer: UnsafeMutableRawBufferPointer) throws(InputError) -> Int {
    do throws(InputError) { return try source.read(into: buffer) } catch {
      guard case .damaged = error else { throw error }
      damage = error
      return source.bytesBeforeDamage
    }
  }

  /// Forgets what stands before a place in the text.
  func forget(before text: Int64, in batch: borrowing RecordBatch) {
    map.forget(before: text, in: batch.base, at: batch.byteOffset)
    if !faults.isEmpty { faults.removeAll { $0.text < text } }
    if !otherLineEnds.isEmpty { otherLineEnds.removeAll { $0.text < text } }
  }

  private func handOut(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, output.count - outputStart)
    guard count > 0 else { return 0 }
    buffer.copyMemory(from: UnsafeRawBufferPointer(start: output.base + outputStart, count: count))
    outputStart += count
    return count
  }

  /// Looks at the first bytes, and finds the way through the rest.
  private func decide() throws(InputError) {
    guard let encoding else {
      way = .passing
      return
    }
    input.count = try source.read(into: .init(start: input.base, count: ByteOrderMark.longest))
    isInputAtEnd = input.count < ByteOrderMark.longest
    let mark = ByteOrderMark(UnsafeBufferPointer(start: input.base, count: input.count))
    switch encoding.form {
    case .utf8:
      if let mark, mark != .utf8 { return try begin(mark) }
      output.count = input.count
      output.base.update(from: input.base, count: input.count)
      way = isInputAtEnd ? .ended : .passing
    case .utf16, .utf32: try begin(orderedMark(encoding.form, mark))
    case .singleByte(let table):
      if table.isASCIICompatible { try expect(mark, nil) }
      map.pace = .bytes(1)
      decodedFrom = DecodedFrom(encoding: encoding.name)
      way = .table(table)
    case .iconv(let unit): try begin(encoding.name, unit: unit, pace: .unknown)
    }
  }

  /// The mark that an input of this form has, or would have.
  private func orderedMark(_ form: TextEncoding.Form, _ found: ByteOrderMark?) throws(InputError) -> ByteOrderMark {
    switch (form, found) {
    case (.utf16(let order?), .utf32(.little)) where order == .little: return .utf16(.little)
    case (.utf16(nil), .utf16), (.utf32(nil), .utf32): break
    case (.utf16(nil), .utf32(.little)): return .utf16(.little)
    case (.utf16(nil), nil), (.utf32(nil), nil):
      throw .damaged(name: source.name, .byteOrderUnknown(encoding: encoding?.name ?? ""))
    case (.utf16(let order?), _):
      try expect(found, .utf16(order))
      return .utf16(order)
    case (.utf32(let order?), _):
      try expect(found, .utf32(order))
      return .utf32(order)
    default: try expect(found, nil)
    }
    return found ?? .utf8
  }

  private func expect(_ found: ByteOrderMark?, _ expected: ByteOrderMark?) throws(InputError) {
    guard let found, found != expected else { return }
    throw .damaged(name: source.name, .byteOrderMark(of: found.encoding, stated: encoding?.name ?? ""))
  }

  private func begin(_ mark: ByteOrderMark) throws(InputError) {
    switch mark {
    case .utf8: try begin(mark.encoding, unit: 1, pace: .unknown)
    case .utf16: try begin(mark.encoding, unit: 2, pace: .utf16)
    case .utf32: try begin(mark.encoding, unit: 4, pace: .bytes(4))
    }
  }

  private func begin(_ name: String, unit: Int, pace: SourceMap.Pace) throws(InputError) {
    do {
      way = .iconv(try Iconv(from: name), unit: unit)
    } catch {
      let code: Int32 = if case .failed(_, let code) = error { code } else { 0 }
      throw .failed(name: source.name, operation: .convert, code: code, byteOffset: 0)
    }
    map.pace = pace
    goesByLine = pace == .unknown
    decodedFrom = DecodedFrom(encoding: name)
  }

  /// Reads the next bytes of the source and decodes them; once there are none, the way is at its end.
  private func refill(_ decode: (UnsafeBufferPointer<UInt8>) -> Int) throws(InputError) {
    output.count = 0
    outputStart = 0
    let kept = input.count
    if !isInputAtEnd {
      let room = UnsafeMutableRawBufferPointer(start: input.base + kept, count: chunk - kept)
      let count = try readToDamage(into: room)
      isInputAtEnd = count < room.count && damage == nil
      input.count += count
    }
    let used = decode(UnsafeBufferPointer(start: input.base, count: input.count))
    input.base.update(from: input.base + used, count: input.count - used)
    input.count -= used
    if isInputAtEnd && input.count == 0 { way = .ended }
  }

  /// Where in the source the byte of `input` stands that has this place in it.
  func place(of index: Int) -> Int64 { source.byteOffset - Int64(input.count - index) }

  private func decode(_ bytes: UnsafeBufferPointer<UInt8>, with table: SingleByteTable) -> Int {
    map.add(.init(text: textOffset, source: place(of: 0)))
    output.reserve(SingleByteTable.room(for: bytes.count))
    let decoded = table.decode(bytes, into: output.base)
    output.count = decoded.count
    if decoded.hasUndefined {
      var text = textOffset
      for (index, byte) in bytes.enumerated() {
        if !table.isDefined(byte) {
          faults.append(
            .init(replaced: ReplacedBytes(text: text, [byte]), source: place(of: index), isCut: false))
        }
        text += Int64(table.length(of: byte))
      }
    }
    if table.hasNextLine { noteLineEnds(bytes, table) }
    textOffset += Int64(decoded.count)
    return bytes.count
  }

  /// Notes the line ends of bytes that are decoded now which aren't like the first one.
  private func noteLineEnds(_ bytes: UnsafeBufferPointer<UInt8>, _ table: SingleByteTable) {
    let ends = [SingleByteTable.nextLineByte, SingleByteTable.lineFeedByte]
    if decodedFrom?.lineEnd == nil { decodedFrom?.lineEnd = bytes.first { ends.contains($0) } }
    guard let first = decodedFrom?.lineEnd, let other = ends.first(where: { $0 != first }), bytes.contains(other) else {
      return
    }
    var text = textOffset
    for byte in bytes {
      if byte == other { otherLineEnds.append(ReplacedBytes(text: text, textCount: 1, [byte])) }
      text += Int64(table.length(of: byte))
    }
  }
}
