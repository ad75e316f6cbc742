#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Memory that was freed, and that the C library keeps for the next allocation.
enum SpareMemory {
  private typealias Trim = @convention(c) (_ pad: Int) -> CInt

  /// malloc_trim(3), which Swift's module of the C library leaves out; `nil` where there is none.
  private static let trim: Trim? = dlsym(nil, "malloc_trim").map { unsafeBitCast($0, to: Trim.self) }

  /// Gives it back to the system. What checking a long file took would else stay for the days of its sending: 190 MB of
  /// 280 for five million rows.
  static func giveBack() { _ = trim?(0) }
}
