import SeededRandoms
import Testing

@testable import Tabular

/// The parser against `ReferenceParser`, on what nobody would write.
@Suite struct CSVParserFuzzTests {
  @Test(arguments: [1, 2, 3, 4])
  func `random bytes are read like the plain reference reads them`(worker: UInt64) throws {
    let seed = UInt64.random(in: 0 ..< .max) &+ worker
    print("seed \(seed)")
    var random = SeededRandom(seed: seed)
    for round in 0..<500 {
      let input = random.text(
        alphabet: Self.alphabets[round % Self.alphabets.count], upTo: [60, 400, 60, 12, 60, 12][round % 6])
      let dialect = Dialect(
        delimiter: Bool.random(using: &random) ? UInt8(ascii: ",") : UInt8(ascii: "\t"),
        quote: Int.random(in: 0..<8, using: &random) == 0 ? nil : UInt8(ascii: "\""),
        escape: Int.random(in: 0..<3, using: &random) == 0 ? UInt8(ascii: "\\") : nil,
        comment: [nil, nil, nil, [UInt8(ascii: "a")], Array("ab".utf8)][Int.random(in: 0..<5, using: &random)],
        skippedLines: max(0, Int.random(in: -6...3, using: &random)),
        hasHeading: Bool.random(using: &random))
      let limits = [1 << 20, Int.random(in: 1...80, using: &random), max(1, input.count - round / 6 % 4)]
      let limit = limits[round % 3]
      let blockSize = Int.random(in: 1...150, using: &random)
      let expected = ReferenceParser(input: input, dialect: dialect, limit: limit).parse()
      let found = try read(input, dialect: dialect, blockSize: blockSize, limit: limit)
      guard found == expected else {
        Issue.record(
          """
          seed \(seed) round \(round) block \(blockSize) limit \(limit) \(dialect)
          input \(String(decoding: input, as: UTF8.self).debugDescription) \(input)
          expected \(expected)
          found    \(found)
          """)
        return
      }
    }
  }

  private static let alphabets: [[[UInt8]]] = [
    ["a", "b", ",", "\"", "\n", "\\", "\\\"", "\\\n", "\r\n"].map { Array($0.utf8) },
    ["a", "b", ",", "\"", "\n"].map { Array($0.utf8) },
    ["a", ",", "\"", "\"\"", "\r", "\n", "\r\n", ",\"", "\",", "\t"].map { Array($0.utf8) },
    ["abcdefghijklmnop", "0123456789", ",", "\n", "\"x\"", "\"a\"\"b\"", "\"c\nd\"", ","].map { Array($0.utf8) },
    ["\n", "\n", "\r\n", "\r", "x"].map { Array($0.utf8) },
    [
      Array("x".utf8), Array(",".utf8), Array("\n".utf8), Array("\"".utf8), [0], [0xC3], [0xA9], [0xE2, 0x82, 0xAC],
      [0xED, 0xA0], [0xF0, 0x9F, 0x98, 0x80], [0xEF, 0xBB, 0xBF], [0xFF],
    ],
  ]
}
