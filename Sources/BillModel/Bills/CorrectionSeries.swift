/// How the bills that correct one are called, one after the other: `INV-1`, `INV-1-R1`, `INV-1-R2` …
package struct CorrectionSeries: Hashable, Sendable {
  /// What stands for the reference of the first bill.
  package static let referenceMark = "{reference}"
  /// What stands for the number of the correction, from 1.
  package static let numberMark = "{n}"
  /// Most corrections of one bill.
  package static let most = 99
  /// Most bytes that a name is longer than the first bill's reference; the schema of a row leaves so much room.
  package static let longestAddition = 10

  /// Has each mark once.
  package let pattern: String
  private let parts: [String]

  package static let standard = CorrectionSeries()

  private init() {
    pattern = "{reference}-R{n}"
    parts = ["", "-R", ""]
  }

  /// `nil` where the pattern doesn't begin with the reference, lacks a mark or has one twice, adds more than
  /// `longestAddition` bytes, or has characters that no reference can have.
  package init?(_ pattern: String) {
    guard pattern.hasPrefix(Self.referenceMark) else { return nil }
    let rest = pattern.dropFirst(Self.referenceMark.count)
    guard let mark = rest.firstRange(of: Self.numberMark) else { return nil }
    let (between, end) = (String(rest[..<mark.lowerBound]), String(rest[mark.upperBound...]))
    guard !between.isEmpty, between.utf8.count + end.utf8.count + 2 <= Self.longestAddition,
      (between + end).utf8.allSatisfy(Self.isAllowed), between.utf8.last.map({ !Self.isDigit($0) }) == true
    else { return nil }
    self.pattern = pattern
    parts = ["", between, end]
  }

  /// The name of a bill's correction by its number; 0 is the bill itself.
  package func name(of reference: String, _ number: Int) -> String {
    number == 0 ? reference : reference + parts[1] + String(number) + parts[2]
  }

  /// Which correction of a bill has this name; `nil` where none has.
  package func number(of name: String, correcting reference: String) -> Int? {
    (1...Self.most).first { self.name(of: reference, $0) == name }
  }

  /// The bill that one of this name corrects, by the name alone, and the number of the correction; `nil` where it is called as
  /// none is.
  package func first(of name: String) -> (reference: String, number: Int)? {
    guard name.hasSuffix(parts[2]) else { return nil }
    let rest = name.dropLast(parts[2].count)
    guard let number = rest.lastIndex(where: { !($0.isASCII && $0.isNumber) }).map({ rest[rest.index(after: $0)...] }),
      number.first != "0", let value = Int(number), value <= Self.most
    else { return nil }
    let named = rest[..<number.startIndex]
    guard named.hasSuffix(parts[1]), named.count > parts[1].count else { return nil }
    return (String(named.dropLast(parts[1].count)), value)
  }

  /// The bills that one of this name corrects, by the name alone, the nearest first: itself, or through one another.
  package func firsts(of name: String) -> [String] {
    Array(sequence(first: name) { first(of: $0)?.reference }.dropFirst())
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }

  private static func isAllowed(_ byte: UInt8) -> Bool {
    isDigit(byte) || (0x41...0x5A).contains(byte & 0xDF) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
  }
}
