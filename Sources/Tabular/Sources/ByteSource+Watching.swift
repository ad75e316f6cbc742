extension ByteSource {
  /// This source, with each block shown to `see` as it passes: for digests of what is on disk, in front of everything
  /// that unpacks, decodes or filters it.
  ///
  /// A reader may stop before the end, where the input is damaged; `skip` on the watched source shows the rest.
  package func watched(
    by see: @escaping (UnsafeRawBufferPointer) throws(InputError) -> Void
  ) -> ByteSource {
    ByteSource(name: name, expectedBytes: expectedBytes) { (buffer) throws(InputError) in
      let count = try self.read(into: buffer)
      try see(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      return count
    }
  }

  /// Reads on, for the sake of whoever watches; `false` at the end.
  ///
  /// - Parameter count: how many bytes at most.
  package func skip(atMost count: Int) throws(InputError) -> Bool {
    var room = GrowingBuffer<UInt8>(capacity: 1 << 16)
    room.count = 0
    var left = count
    while left > 0 {
      let wanted = min(left, room.capacity)
      let count = try read(into: UnsafeMutableRawBufferPointer(start: room.base, count: wanted))
      guard count == wanted else { return false }
      left -= wanted
    }
    return true
  }
}
