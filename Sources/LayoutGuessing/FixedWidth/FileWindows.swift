import Tabular

/// Bytes of a file's beginning, middle and end: enough to see how its records are written, however large it is.
struct FileWindows {
  /// Bytes that stand together in the file.
  struct Window {
    /// Where the first of them stands in the file, unpacked and decoded.
    let offset: Int
    var bytes: [UInt8]

    var end: Int { offset + bytes.count }
  }

  /// How many bytes a window has at most.
  static let size = 512 * 1024

  /// In their order, without overlap. The last one reaches to the end of the file.
  fileprivate(set) var windows: [Window] = []
  /// How many bytes the file has, unpacked and decoded.
  private(set) var total = 0

  /// Whether the windows are all of it.
  var isWhole: Bool { windows.count == 1 }

  /// - Parameter encoding: What is decoded to UTF-8 first; `nil` where bytes are taken as they are.
  init(_ file: FileSample.Opening, decoding encoding: TextEncoding? = nil) throws(GuessError) {
    do throws(InputError) {
      let source = try file()
      let head = try source.next(Self.size)
      let isPacked = head.starts(with: [0x1F, 0x8B])
      if let size = source.expectedBytes.map(Int.init), !isPacked, encoding == nil {
        try pick(from: source, head, size: size)
      } else {
        try pass(try file().unpacked().decoded(from: encoding))
      }
    } catch { throw .input(error) }
  }

  /// Takes windows where they stand, and passes over what is between them.
  private mutating func pick(from source: ByteSource, _ head: [UInt8], size: Int) throws(InputError) {
    windows = [Window(offset: 0, bytes: head)]
    total = max(size, head.count)
    guard size > 3 * Self.size else {
      windows[0].bytes += try source.next(2 * Self.size)
      total = windows[0].bytes.count
      return
    }
    for offset in [size / 2, size - Self.size] {
      guard let last = windows.last, offset >= last.end else { continue }
      try source.skip(Int64(offset - last.end))
      windows.append(Window(offset: offset, bytes: try source.next(Self.size)))
    }
    total = windows.last?.end ?? size
  }

  /// Reads all of it, and keeps the beginning and the end.
  private mutating func pass(_ source: ByteSource) throws(InputError) {
    var head = Window(offset: 0, bytes: [])
    var tail = Window(offset: 0, bytes: [])
    while true {
      let block = try source.next(Self.size)
      if head.end < 2 * Self.size, tail.bytes.isEmpty {
        head.bytes += block
      } else {
        let kept = tail.bytes.suffix(Self.size)
        let end = tail.bytes.isEmpty ? head.end : tail.end
        tail = Window(offset: end - kept.count, bytes: kept + block)
      }
      if block.count < Self.size { break }
    }
    let isAdjacent = tail.bytes.isEmpty || tail.offset == head.end
    windows = isAdjacent ? [Window(offset: 0, bytes: head.bytes + tail.bytes)] : [head, tail]
    total = windows.last?.end ?? 0
  }
}

extension FileWindows {
  /// The same without a byte order mark of UTF-8.
  var withoutMark: FileWindows {
    var file = self
    if windows.first?.bytes.starts(with: [0xEF, 0xBB, 0xBF]) == true { file.windows[0].bytes.removeFirst(3) }
    return file
  }
}
