import Testing

@testable import Transport

/// Parts of large files.
struct SFTPSharesTests {
  /// The lengths of all parts of a file.
  private func parts(of size: Int64, connections: Int) -> [Int64] {
    let shares = SFTPShares(connections: connections)
    var (rest, parts): (Int64, [Int64]) = (size, [])
    while rest > 0 {
      parts.append(shares.next(of: rest))
      rest -= parts[parts.count - 1]
    }
    return parts
  }

  @Test func `the parts are the file, and none is longer than the one before it`() {
    for size in [1, 1000, 9_000_000, 60_000_000, 1_000_000_007, 1 << 36] as [Int64] {
      for connections in 1...4 {
        let parts = parts(of: size, connections: connections)
        #expect(parts.reduce(0, +) == size)
        #expect(parts == parts.sorted(by: >))
        #expect(parts.allSatisfy { (1...SFTPShares.longest).contains($0) })
      }
    }
  }

  @Test func `the largest file that can be told is counted`() {
    #expect([0, 1, SFTPShares.shortest, SFTPShares.shortest + 1].map(SFTPShares.count) == [0, 1, 1, 2])
    #expect(SFTPShares.count(of: .max) == 1 << 40)
  }

  @Test func `a file that is small is one part, and a large one has work for each connection to its end`() {
    #expect(parts(of: SFTPShares.shortest, connections: 4).count == 1)
    let parts = parts(of: 1_000_000_000, connections: 4)
    #expect(parts[0] == SFTPShares.longest)
    #expect(parts.suffix(4).dropLast().allSatisfy { $0 == SFTPShares.shortest })
    #expect(parts.count < 30)
  }
}
