package import Tabular

extension ByteSource {
  /// Reads to the end, a block at a time.
  package func forEachBlock(
    of size: Int = 1 << 18, _ body: (UnsafeRawBufferPointer) throws(DropError) -> Void
  ) throws(DropError) {
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { block.deallocate() }
    while true {
      let count: Int
      do throws(InputError) { count = try read(into: block) } catch { throw .input(error) }
      if count > 0 { try body(UnsafeRawBufferPointer(rebasing: block[..<count])) }
      if count < size { return }
    }
  }
}
