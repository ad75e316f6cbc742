import SeededRandoms
import Testing

@testable import LayoutGuessing

/// Where columns begin, of many files whose columns are known.
@Suite struct CutScoreTests {
  /// How a file's records are written.
  enum Writing: CaseIterable {
    case text, ebcdicLines, ebcdicBlocks
  }

  @Test(arguments: Writing.allCases, [16, 40, 120])
  func `nearly all columns are found, and hardly a wrong place is said to be sure`(writing: Writing, rows: Int) throws {
    let score = try score(writing, rows)
    #expect(score.found * 100 >= (score.found + score.missed) * 95, "\(score)")
    #expect(score.falseSure * 50 <= score.found, "\(score)")
    #expect(score.falseDoubtful * 100 <= score.found * 4, "\(score)")
  }

  @Test(arguments: [1, 3, 10])
  func `of few records no place is said to be sure`(rows: Int) throws {
    let score = try score(.text, rows)
    #expect(score.falseSure == 0, "\(score)")
    #expect(score.found * 100 >= (score.found + score.missed) * 80, "\(score)")
  }

  private func score(_ writing: Writing, _ rows: Int) throws -> CutScore {
    var score = CutScore()
    for seed in 0..<UInt64(16) {
      var random = SeededRandom(seed: seed)
      let fixture = FixedWidthFixture(Self.columns(writing, &random), rows: rows, &random)
      let bytes =
        switch writing {
        case .text: try fixture.bytes()
        case .ebcdicLines: try fixture.bytes(lineEnd: [0x15], encoding: "IBM037")
        case .ebcdicBlocks: try fixture.bytes(lineEnd: [], encoding: "IBM037")
        }
      let sample = try #require(try FixedWidthSample.of(bytes), "seed \(seed)")
      #expect(sample.length == fixture.width, "seed \(seed)")
      score.add(CutScore(sample, starts: fixture.starts, allowed: fixture.allStarts))
    }
    return score
  }

  private static func columns(_ writing: Writing, _ random: inout SeededRandom) -> [FixedWidthFixture.Column] {
    let kinds = FixedWidthFixture.Kind.allCases.filter {
      writing == .ebcdicBlocks || $0 != .packed && $0 != .packedDate
    }
    let first = FixedWidthFixture.Column(kind: .reference, width: Int.random(in: 10...16, using: &random))
    return [first]
      + (0..<Int.random(in: 4...11, using: &random)).map { _ in
        let kind = random.pick(kinds)
        return FixedWidthFixture.Column(kind: kind, width: Int.random(in: kind.widths, using: &random))
      }
  }
}

extension FixedWidthFixture.Kind {
  /// How wide its columns are.
  var widths: ClosedRange<Int> {
    switch self {
    case .reference: 9...14
    case .account: 8...12
    case .name, .initials, .address: 20...40
    case .zeroPadded, .zoned, .decimal: 9...13
    case .packed: 4...7
    case .integer: 5...8
    case .yyyyMMdd, .ddMMyyyy: 8...8
    case .yyMMdd: 6...6
    case .yyyyDDD: 7...7
    case .packedDate: 4...4
    case .dashedDate, .slashedDate: 10...10
    case .currency: 3...3
    case .mobile: 12...16
    case .email: 20...35
    case .flag: 1...1
    case .code: 8...10
    case .filler: 1...10
    }
  }
}
