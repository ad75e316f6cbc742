import Tabular

@testable import LayoutGuessing

/// How the columns that were guessed of a file compare with those that it has, by where they begin.
struct CutScore {
  var found = 0
  /// Found, and told to be doubtful.
  var doubtful = 0
  var missed = 0
  /// Where no column begins, and said to be doubtful.
  var falseDoubtful = 0
  /// Where no column begins, and said to be sure.
  var falseSure = 0

  /// The columns that were missed, by where they begin.
  var open: Set<Int> = []

  init() {}

  /// - Parameters:
  ///   - starts: Where the columns begin that a guess should find.
  ///   - allowed: Where one may begin besides.
  init(_ sample: FixedWidthSample, starts: [Int], allowed: Set<Int>) {
    var open = Set(starts)
    for cut in sample.cuts {
      // Where it begins within its blanks it doesn't say.
      var end = cut.range.lowerBound
      while cut.isStartLoose, end < cut.range.upperBound, sample.places.isBlank(end) { end += 1 }
      let hit = (cut.range.lowerBound...end).first { open.contains($0) }
      let isSure = cut.isStartSure && !cut.isStartLoose
      if let hit {
        open.remove(hit)
        found += 1
        doubtful += isSure ? 0 : 1
      } else if !allowed.contains(cut.range.lowerBound) {
        if isSure { falseSure += 1 } else { falseDoubtful += 1 }
      }
    }
    missed = open.count
    self.open = open
  }

  mutating func add(_ other: CutScore) {
    found += other.found
    doubtful += other.doubtful
    missed += other.missed
    falseDoubtful += other.falseDoubtful
    falseSure += other.falseSure
  }
}

extension FixedWidthSample {
  /// What is seen in bytes; `nil` where no fixed width is.
  static func of(_ bytes: [UInt8]) throws -> FixedWidthSample? {
    let file = try FixedWidthFile { ByteSource(bytes: bytes) }
    return try file.sample(isCertain: true) ?? file.sample(isCertain: false)
  }
}
