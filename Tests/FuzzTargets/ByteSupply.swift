/// Bytes that choices are made by, and what is left of them.
struct ByteSupply {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  /// The next byte; 0 once there are none.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// A number of a range, by one byte.
  mutating func number(_ range: ClosedRange<Int>) -> Int { range.lowerBound + Int(byte()) % range.count }

  mutating func bit() -> Bool { byte() & 1 == 1 }

  mutating func pick<Element>(_ list: [Element]) -> Element { list[Int(byte()) % list.count] }

  /// What stands before the first NUL, and what behind it.
  var halves: (first: [UInt8], second: [UInt8]) {
    guard let mark = rest.firstIndex(of: 0) else { return (Array(rest), []) }
    return (Array(rest[..<mark]), Array(rest[(mark + 1)...]))
  }
}
