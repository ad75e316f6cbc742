import Testing

@testable import SchemaRules

@Suite struct CodePointSetTests {
  /// The members of the UTF-8 forms, by walking all of their bytes.
  private func matches(_ set: CodePointSet, _ value: UInt32) -> Bool {
    guard let scalar = Unicode.Scalar(value) else { return false }
    let bytes = Array(String(scalar).utf8)
    return set.utf8.contains { sequence in
      sequence.count == bytes.count && zip(sequence, bytes).allSatisfy { $0.contains($1) }
    }
  }

  @Test(arguments: [
    CodePointSet.all, .anyInLine, .space, .word.inverted, CodePointSet([0x7F...0x800]),
    CodePointSet([0xFFFF...0x10000]),
    CodePointSet([0xE9...0xE9, 0x3B1...0x1F600]), CodePointSet([0xD7FE...0xE001]), CodePointSet([0...0x10FFFF]),
  ])
  func `the UTF-8 forms match exactly the members`(set: CodePointSet) {
    let edges: [UInt32] = [0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF]
    let ends = set.ranges.flatMap { [$0.lowerBound, $0.upperBound] }
    for value in Set((edges + ends).flatMap { [$0 &- 1, $0, $0 + 1] }) where Unicode.Scalar(value) != nil {
      #expect(matches(set, value) == set.ranges.contains { $0.contains(value) }, "U+\(String(value, radix: 16))")
    }
  }

  @Test func `an inverted set holds the others`() {
    #expect(CodePointSet.digits.inverted.inverted == .digits)
    #expect(CodePointSet([]).inverted == .all)
    #expect(CodePointSet.all.inverted.ranges.isEmpty)
  }
}
