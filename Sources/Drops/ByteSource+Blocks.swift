package import Tabular

extension ByteSource {
  /// Reads to the end, a block at a time.
  ///
  /// - Parameter isCancelled: Asked at each block; where it says yes, `InputError.cancelled` is thrown.
  package func forEachBlock(
    of size: Int = 1 << 18, isCancelled: () -> Bool = { false },
    _ body: (UnsafeRawBufferPointer) throws(DropError) -> Void
  ) throws(DropError) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { block.deallocate() }
    while true {
      if isCancelled() { throw .input(.cancelled(name: name)) }
      let count: Int
      do throws(InputError) { count = try read(into: block) } catch { throw .input(error) }
      if count > 0 { try body(UnsafeRawBufferPointer(rebasing: block[..<count])) }
      if count < size { return }
    }
  }
}
