import Tabular

/// Records of a file's windows that say in a word before them how long they are, without these words.
struct DescribedRecords {
  /// Fewer don't show that it is so.
  private static let fewest = 3

  /// By window, in the file's order.
  private(set) var windows: [[[UInt8]]] = []

  /// `nil` where the file isn't like that. Where a window begins in a record, its first words are looked for.
  init?(_ file: FileWindows) {
    for (index, window) in file.windows.enumerated() {
      let starts = index == 0 ? 0...0 : 0...min(RecordDescriptor.longest, window.bytes.count)
      let isLast = index == file.windows.count - 1
      guard let records = starts.lazy.compactMap({ Self.records(window.bytes, from: $0, toEnd: isLast) }).first else {
        return nil
      }
      windows.append(records)
    }
    if windows.isEmpty { return nil }
  }

  /// The records from a place on; `nil` where they don't go on to the window's end. The last one may be cut there, but not
  /// at the end of the file.
  private static func records(_ bytes: [UInt8], from start: Int, toEnd isLast: Bool) -> [[UInt8]]? {
    bytes.withUnsafeBufferPointer { bytes in
      var records: [[UInt8]] = []
      var index = start
      while bytes.count - index >= RecordDescriptor.byteCount {
        guard let length = bytes.baseAddress.flatMap({ try? RecordDescriptor($0 + index) })?.length else { return nil }
        let content = bytes[min(index + RecordDescriptor.byteCount, bytes.count)..<min(index + length, bytes.count)]
        guard index + length <= bytes.count else { break }
        if RecordDescriptor.fill(UnsafeBufferPointer(rebasing: content)) { return nil }
        records.append(Array(content))
        index += length
      }
      return records.count >= fewest && (!isLast || index == bytes.count) ? records : nil
    }
  }
}
