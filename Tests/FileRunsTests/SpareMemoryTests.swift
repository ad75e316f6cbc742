import Testing

@testable import FileRuns

#if canImport(Glibc)
  import Glibc

  @Suite struct SpareMemoryTests {
    /// Bytes of the process that are in memory: the second number of statm(5), in pages.
    private static func resident() throws -> Int {
      let file = try #require(fopen("/proc/self/statm", "r"))
      defer { fclose(file) }
      var line = [CChar](repeating: 0, count: 200)
      let text = fgets(&line, 200, file).map { String(cString: $0) } ?? ""
      let pages = try #require(text.split(separator: " ").dropFirst().first.flatMap { Int($0) })
      return pages * Int(getpagesize())
    }

    @Test func `what was freed between things that stay goes back to the system`() throws {
      // Each too small for a mapping of its own, and each second one stays: 50 MB that no free alone gives back.
      var kept: [UnsafeMutableRawPointer] = []
      var freed: [UnsafeMutableRawPointer] = []
      for number in 0..<2_000 {
        let piece = try #require(malloc(50_000))
        memset(piece, 1, 50_000)
        if number.isMultiple(of: 2) { kept.append(piece) } else { freed.append(piece) }
      }
      defer { kept.forEach { free($0) } }
      freed.forEach { free($0) }
      let before = try Self.resident()
      SpareMemory.giveBack()
      #expect(try before - Self.resident() > 25_000_000)
    }
  }
#endif
