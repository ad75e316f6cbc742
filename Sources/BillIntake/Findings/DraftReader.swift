/// Reads a spool's findings in the file's order: the two sorted runs merged.
struct DraftReader {
  private let file: TemporaryFile?
  private let rowsEnd: Int64
  private let end: Int64
  private let entries: [FindingSpool.Entry]
  private var nextEntry = 0
  private var offset: Int64 = 0
  private var window: [UInt8] = []
  private var windowStart: Int64 = 0
  private var ahead: EncodedDraft?
  private var aheadEntry: EncodedDraft?

  init(file: TemporaryFile?, rowsEnd: Int64, end: Int64, entries: [FindingSpool.Entry]) {
    self.file = file
    self.rowsEnd = rowsEnd
    self.end = end
    self.entries = entries
  }

  /// The record of the next finding, or `nil` at the end.
  mutating func peek() throws(IntakeError) -> UInt32? {
    try look()
    switch (ahead?.record, aheadEntry?.record) {
    case (let row?, let entry?): return min(row, entry)
    case (let row, let entry): return row ?? entry
    }
  }

  /// The next finding, or `nil` at the end.
  mutating func next() throws(IntakeError) -> FindingDraft? { try nextEncoded()?.draft }

  /// The next finding as it stands there, or `nil` at the end.
  mutating func nextEncoded() throws(IntakeError) -> EncodedDraft? {
    try look()
    if let row = ahead, row.record <= aheadEntry?.record ?? .max {
      ahead = nil
      return row
    }
    defer { aheadEntry = nil }
    return aheadEntry
  }

  private mutating func look() throws(IntakeError) {
    guard let file else { return }
    if ahead == nil, offset < rowsEnd { ahead = try readRow(file) }
    if aheadEntry == nil, nextEntry < entries.count {
      aheadEntry = try readEntry(file, at: entries[nextEntry].offset)
      nextEntry += 1
    }
  }

  private mutating func readRow(_ file: TemporaryFile) throws(IntakeError) -> EncodedDraft {
    if offset + 4 > windowStart + Int64(window.count) { try fill(file, count: 1 << 16) }
    let length = DraftDecoder.length(window, at: Int(offset - windowStart))
    if offset + Int64(length) > windowStart + Int64(window.count) { try fill(file, count: max(length, 1 << 16)) }
    let start = Int(offset - windowStart)
    offset += Int64(length)
    return EncodedDraft(bytes: window[start..<start + length])
  }

  private mutating func fill(_ file: TemporaryFile, count: Int) throws(IntakeError) {
    windowStart = offset
    window = try Self.read(file, at: offset, count: min(count, Int(end - offset)))
  }

  private func readEntry(_ file: TemporaryFile, at offset: Int64) throws(IntakeError) -> EncodedDraft {
    var bytes = try Self.read(file, at: offset, count: min(1024, Int(end - offset)))
    let length = DraftDecoder.length(bytes, at: 0)
    if length > bytes.count { bytes = try Self.read(file, at: offset, count: length) }
    return EncodedDraft(bytes: bytes[0..<length])
  }

  private static func read(_ file: TemporaryFile, at offset: Int64, count: Int) throws(IntakeError) -> [UInt8] {
    var failure: IntakeError?
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(IntakeError) { filled = try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: offset) } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return bytes
  }
}
