/// Records of a file's windows, as their bytes stand in it, without line ends.
struct FramedRecords {
  /// Most records that are kept of a window.
  static let mostOfWindow = 1000

  /// The first of them is the file's first record, the last one its last.
  private(set) var records: [[UInt8]] = []
  /// Whether line ends stand between them.
  let hasLineEnds: Bool
  /// Whether each has a descriptor word before it, which is left out.
  private(set) var hasDescriptors = false
  /// The length that all must have for them to be cut at all: line ends may stand within them, or none at all between.
  private(set) var measure: Int?
  /// How many records the file has, where all of it was read.
  private(set) var count: Int?
  /// How many bytes stand behind the last record that is whole, where records are measured.
  private(set) var rest = 0

  /// Cuts at line ends, or else by the length that is seen.
  ///
  /// - Parameter isText: Whether no line end can stand within a record.
  init?(_ file: FileWindows, isEBCDIC: Bool, isText: Bool) {
    guard let head = file.windows.first, !head.bytes.isEmpty else { return nil }
    if let described = DescribedRecords(file) {
      (hasLineEnds, hasDescriptors) = (false, true)
      for (index, window) in described.windows.enumerated() {
        records += Self.thinned(window, isFirst: index == 0, isLast: index == described.windows.count - 1)
      }
      if file.isWhole { count = described.windows[0].count }
      return
    }
    let ends: Set<UInt8> = isEBCDIC ? [0x15, 0x25] : head.bytes.contains(0x0A) ? [0x0A] : [0x0D]
    let lines = Self.lines(head, ends, isLast: file.isWhole)
    if lines.count > 1 || isText && head.bytes.contains(where: ends.contains), isText || Self.areAlike(lines) {
      hasLineEnds = true
      cutLines(file, ends)
      return
    }
    guard let block = BlockLength(head.bytes, total: file.total, isEBCDIC: isEBCDIC) else {
      guard lines.count > 1 || isText else { return nil }
      hasLineEnds = true
      cutLines(file, ends)
      return
    }
    let end = Self.lineEnd(head.bytes, block.length, ends)
    hasLineEnds = end > 0
    cutBlocks(file, block, lineEnd: end)
  }

  // MARK: Lines

  private mutating func cutLines(_ file: FileWindows, _ ends: Set<UInt8>) {
    for (index, window) in file.windows.enumerated() {
      let isLast = index == file.windows.count - 1
      let lines = Self.lines(window, ends, isLast: isLast)
      if file.isWhole { count = lines.count }
      records += Self.thinned(lines, isFirst: index == 0, isLast: isLast)
    }
  }

  /// The whole lines of a window, without empty ones at its end.
  private static func lines(_ window: FileWindows.Window, _ ends: Set<UInt8>, isLast: Bool) -> [[UInt8]] {
    let bytes = window.bytes
    var lines: [[UInt8]] = []
    var start = 0
    for index in bytes.indices where ends.contains(bytes[index]) {
      let end = index > start && bytes[index - 1] == 0x0D ? index - 1 : index
      lines.append(Array(bytes[start..<end]))
      start = index + 1
    }
    if isLast, start < bytes.count { lines.append(Array(bytes[start...])) }
    // Where a window begins within a line, the rest of that is no record.
    if window.offset > 0, !lines.isEmpty { lines.removeFirst() }
    while isLast, lines.last?.isEmpty == true { lines.removeLast() }
    return lines
  }

  /// Whether nine of ten lines have one length.
  private static func areAlike(_ lines: [[UInt8]]) -> Bool {
    guard lines.count > 3 else { return false }
    let lengths = Dictionary(grouping: lines.dropLast(), by: \.count)
    return (lengths.values.map(\.count).max() ?? 0) * 10 >= (lines.count - 1) * 9
  }

  // MARK: Blocks

  /// How many bytes of line end stand at the end of each block.
  private static func lineEnd(_ bytes: [UInt8], _ length: Int, _ ends: Set<UInt8>) -> Int {
    let last = stride(from: length - 1, to: bytes.count, by: length)
    guard last.allSatisfy({ ends.contains(bytes[$0]) }) else { return 0 }
    return last.allSatisfy { bytes[$0 - 1] == 0x0D } ? 2 : 1
  }

  private mutating func cutBlocks(_ file: FileWindows, _ block: BlockLength, lineEnd: Int) {
    measure = block.length - lineEnd
    rest = block.rest
    if file.isWhole { count = file.total / block.length }
    for (index, window) in file.windows.enumerated() {
      var blocks: [[UInt8]] = []
      let skipped = (block.length - window.offset % block.length) % block.length
      var start = skipped
      while start + block.length <= window.bytes.count {
        blocks.append(Array(window.bytes[start..<start + block.length - lineEnd]))
        start += block.length
      }
      records += Self.thinned(blocks, isFirst: index == 0, isLast: index == file.windows.count - 1)
    }
  }

  // MARK: Both

  /// At most so many as are kept: the first ones, of the file's end the last ones, of a whole file also some between.
  private static func thinned(_ records: [[UInt8]], isFirst: Bool, isLast: Bool) -> [[UInt8]] {
    let most = mostOfWindow
    switch (isFirst, isLast) {
    case (true, true):
      guard records.count > 3 * most else { return records }
      let middle = records.count / 2 - most / 2
      return Array(records[..<most] + records[middle..<middle + most] + records[(records.count - most)...])
    case (false, true): return Array(records.suffix(most))
    default: return Array(records.prefix(most))
    }
  }
}
