import Testing

@testable import Drops

@Suite struct BlockHashTests {
  private func hash(_ bytes: [UInt8], pieces: Int) -> UInt64 {
    var hash = BlockHash()
    bytes.withUnsafeBytes { all in
      var rest = all[...]
      while !rest.isEmpty {
        let piece = rest.prefix(pieces)
        hash.update(UnsafeRawBufferPointer(rebasing: piece))
        rest = rest[piece.endIndex...]
      }
    }
    return hash.finish()
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 50_000])
  func `however bytes are cut, their hash is the same`(_ count: Int) {
    let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ $0 >> 7) }
    let whole = hash(bytes, pieces: max(1, count))
    for pieces in [1, 7, 1000, 4096, 5000] { #expect(hash(bytes, pieces: pieces) == whole) }
  }

  @Test func `a byte that changes, moves or is missing changes it`() {
    let bytes = (0..<20_000).map { UInt8(truncatingIfNeeded: $0 / 3) }
    let whole = hash(bytes, pieces: 20_000)
    for place in [0, 1, 4095, 4096, 12_345, 19_999] {
      var other = bytes
      other[place] ^= 1
      #expect(hash(other, pieces: 20_000) != whole)
    }
    let cells = Array(bytes[4096..<8192]) + Array(bytes[..<4096]) + Array(bytes[8192...])
    #expect(hash(cells, pieces: 20_000) != whole)
    #expect(hash(Array(bytes.dropLast()), pieces: 20_000) != whole)
    #expect(
      hash([UInt8](repeating: 0, count: 20_000), pieces: 100) != hash([UInt8](repeating: 0, count: 19_000), pieces: 100)
    )
  }

  @Test func `after its end it begins anew`() {
    var hash = BlockHash()
    [1, 2, 3].withUnsafeBytes { hash.update($0) }
    let first = hash.finish()
    [1, 2, 3].withUnsafeBytes { hash.update($0) }
    let second = hash.finish()
    #expect(first == second)
  }
}
