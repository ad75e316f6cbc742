#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Memory straight from the system, and straight back to it. Whoever has it gives it back once.
struct Slab {
  let base: UnsafeMutableRawPointer
  let byteCount: Int

  /// Memory of zeros. It is taken page by page as it is used: not in large pages, which a virtual machine that gave its
  /// memory back gets from its host much more slowly.
  ///
  /// - Parameter byteCount: Whole pages.
  init(byteCount: Int) {
    self.byteCount = byteCount
    base = Self.map(byteCount)
  }

  func giveBack() { munmap(base, byteCount) }

  private static func map(_ byteCount: Int) -> UnsafeMutableRawPointer {
    #if os(Linux)
      let flags = MAP_PRIVATE | MAP_ANONYMOUS
    #else
      let flags = MAP_PRIVATE | MAP_ANON
    #endif
    guard let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else {
      fatalError("out of memory")
    }
    return memory
  }
}
