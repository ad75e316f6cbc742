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

  /// - Parameters:
  ///   - byteCount: Whole pages.
  ///   - inLargePages: Whether it is best taken all at once: in pages of 2 MiB, where the system has them
  ///     (Linux: madvise(2), MADV_HUGEPAGE). It begins at a multiple of its size then, which is a power of two.
  init(byteCount: Int, inLargePages: Bool) {
    self.byteCount = byteCount
    guard inLargePages else {
      base = Self.map(byteCount)
      return
    }
    let room = Self.map(2 * byteCount)
    let gap = -Int(bitPattern: room) & (byteCount - 1)
    base = room + gap
    if gap > 0 { munmap(room, gap) }
    if gap < byteCount { munmap(base + byteCount, byteCount - gap) }
    #if os(Linux)
      madvise(base, byteCount, MADV_HUGEPAGE)
    #endif
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
