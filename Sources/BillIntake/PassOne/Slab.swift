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
  /// - Parameters:
  ///   - byteCount: Whole pages.
  ///   - isWholeSoon: All of it will be used before long: then the system gives all pages at once, for less.
  init(byteCount: Int, isWholeSoon: Bool = false) {
    self.byteCount = byteCount
    base = Self.map(byteCount, isWholeSoon)
  }

  func giveBack() { munmap(base, byteCount) }

  private static func map(_ byteCount: Int, _ isWholeSoon: Bool) -> UnsafeMutableRawPointer {
    #if os(Linux)
      let flags = MAP_PRIVATE | MAP_ANONYMOUS | (isWholeSoon ? MAP_POPULATE : 0)
    #else
      let flags = MAP_PRIVATE | MAP_ANON
    #endif
    guard let memory = mmap(nil, byteCount, PROT_READ | PROT_WRITE, flags, -1, 0), memory != MAP_FAILED else {
      fatalError("out of memory")
    }
    return memory
  }
}
