extension ByteSource {
  /// This source, with each block shown to `see` as it passes: for digests of what is on disk, in front of everything
  /// that unpacks or decodes it.
  ///
  /// A reader may stop before the end, where the input is damaged; `drain` on the watched source shows the rest.
  package func watched(
    by see: @escaping (UnsafeRawBufferPointer) throws(InputError) -> Void
  ) -> ByteSource {
    ByteSource(name: name, expectedBytes: expectedBytes) { (buffer) throws(InputError) in
      let count = try self.read(into: buffer)
      try see(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      return count
    }
  }

  /// Reads to the end, for the sake of whoever watches.
  package func drain() throws(InputError) {
    var room = GrowingBuffer<UInt8>(capacity: 1 << 16)
    room.count = 0
    let buffer = UnsafeMutableRawBufferPointer(start: room.base, count: room.capacity)
    while try read(into: buffer) == buffer.count {}
  }
}
