/// The entries of one run, in their order, some KB at a time.
struct RunReader<Entry: PartEntry> {
  /// Entries that are read at once.
  private static var most: Int { 1024 }

  /// Of the part, from 0.
  let part: Int
  private let file: PartFile
  private var offset: Int
  private var rest: Int
  private var bytes: [UInt8] = []
  private var place = 0

  init(_ run: ClaimFile.Run, of file: PartFile, part: Int) {
    self.part = part
    self.file = file
    (offset, rest) = (run.offset, run.count)
  }

  /// The next entry; `nil` at the end.
  mutating func next() throws(PartFault) -> Entry? {
    let size = Entry.byteCount
    if place == bytes.count {
      let count = min(rest, Self.most)
      guard count > 0 else { return nil }
      bytes = try file.bytes(at: offset, count: count * size)
      guard bytes.count == count * size else { throw .damaged(path: file.path, why: "it has changed") }
      (offset, rest, place) = (offset + bytes.count, rest - count, 0)
    }
    defer { place += size }
    return bytes.withUnsafeBytes { Entry(UnsafeRawBufferPointer(rebasing: $0[place..<place + size])) }
  }
}
