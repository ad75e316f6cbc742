extension RecordBatch {
  /// Empties the batch and puts bytes of the input into it, ready for `parse` of a parser.
  ///
  /// - Parameters:
  ///   - leftover: what the batch before left over.
  ///   - fresh: what follows it in the input.
  ///   - byteOffset: where in the input `leftover` stands.
  package mutating func load(leftover: UnsafeRawBufferPointer, fresh: UnsafeRawBufferPointer, at byteOffset: Int64) {
    begin(leftover: leftover, room: fresh.count, at: byteOffset)
    copy(fresh, to: rawCount)
    finish(freshCount: fresh.count)
  }

  /// The same, with up to `count` bytes that a closure puts into their place; it says how many came.
  package mutating func load<Fault: Error>(
    count: Int, at byteOffset: Int64, _ fill: (UnsafeMutableRawBufferPointer) throws(Fault) -> Int
  ) throws(Fault) {
    begin(leftover: .init(start: nil, count: 0), room: count, at: byteOffset)
    finish(freshCount: try fill(UnsafeMutableRawBufferPointer(start: storage.base, count: count)))
  }

  /// The same, with up to `count` bytes of a source's text; where it throws, with those that came before.
  ///
  /// - Returns: how many came; fewer than asked for mean the end of the input.
  mutating func load(
    leftover: UnsafeRawBufferPointer, from source: TextSource, count: Int, at byteOffset: Int64
  ) throws(InputError) -> Int {
    begin(leftover: leftover, room: count, at: byteOffset)
    let room = UnsafeMutableRawBufferPointer(start: storage.base + rawCount, count: count)
    defer {
      finish(freshCount: source.filled)
      sourceMap = source.map
      decodingFaults = source.faults
      lineEnds = source.otherLineEnds
    }
    return try source.read(into: room)
  }

  /// Empties the batch and puts up to `count` bytes of a source into it as they are, with no record: for the digests of
  /// what nobody parses any more.
  ///
  /// - Returns: how many came; fewer than asked for mean the end of the input.
  package mutating func load(unparsed source: ByteSource, count: Int) throws(InputError) -> Int {
    begin(leftover: .init(start: nil, count: 0), room: count, at: source.byteOffset)
    let freshCount = try source.read(into: UnsafeMutableRawBufferPointer(start: storage.base, count: count))
    finish(freshCount: freshCount)
    return freshCount
  }

  /// Forgets all records, fields and faults, keeps the bytes, and makes room for as many fields and records as they may
  /// hold, so that no step of the parser has to. Memory that isn't used isn't taken.
  mutating func forgetRecords() {
    recordBuffer.count = 0
    fieldBuffer.count = 0
    faults.removeAll(keepingCapacity: true)
    rebuilt.removeAll(keepingCapacity: true)
    consumed = 0
    settledRecords = 0
    hasUnusualBytes = false
    storage.count = rawCount + Self.padding
    fieldBuffer.reserve(rawCount + 8)
    recordBuffer.reserve(rawCount + 1)
  }

  private mutating func begin(leftover: UnsafeRawBufferPointer, room: Int, at byteOffset: Int64) {
    let bytes = leftover.count + room
    precondition(bytes < Int(UInt32.max) / 2 - Self.padding)
    self.byteOffset = byteOffset
    storage.count = 0
    // The rebuilt values are shorter than the input that they come from, so the storage never grows while parsing.
    storage.reserve(2 * bytes + 2 * Self.padding)
    sourceMap = SourceMap()
    decodingFaults = []
    lineEnds = []
    rawCount = leftover.count
    copy(leftover, to: 0)
    freshStart = leftover.count
  }

  private mutating func finish(freshCount: Int) {
    rawCount += freshCount
    (storage.base + rawCount).update(repeating: 0, count: Self.padding)
    forgetRecords()
  }

  private func copy(_ bytes: UnsafeRawBufferPointer, to index: Int) {
    guard let start = bytes.baseAddress else { return }
    UnsafeMutableRawPointer(storage.base + index).copyMemory(from: start, byteCount: bytes.count)
  }
}
