/// A compiled pattern's test, over tables that `PatternStorage` owns. Holds no references, so that calling it costs no
/// reference counting.
enum PatternMatcher: @unchecked Sendable {
  /// A run of one class: 256 entries of 0 or 1.
  case run(UnsafePointer<UInt8>, minimum: Int, maximum: Int)
  /// Fixed positions, then a run: 256 entries, bit `i` for position `i`, bit `fixed` for the run.
  case positions(UnsafePointer<UInt32>, fixed: Int, minimum: Int, maximum: Int)
  /// States: the next one by state + class; each has `width` entries, of which the last says whether the text may end
  /// there, and is counted in entries. See `PatternTable`.
  case table(classes: UnsafePointer<UInt8>, next: UnsafePointer<UInt32>, first: Int, width: Int)

  /// Whether valid UTF-8 matches; where the pattern has no anchors: whether it does anywhere.
  @inline(__always)
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    switch self {
    case .run(let members, let minimum, let maximum):
      guard text.count >= minimum, text.count <= maximum else { return false }
      return Self.all(of: text, in: members)
    case .positions(let members, let fixed, let minimum, let maximum):
      let rest = text.count - fixed
      guard rest >= minimum, rest <= maximum else { return false }
      var all: UInt32 = 1
      for index in 0..<fixed { all &= members[Int(text[index])] >> UInt32(truncatingIfNeeded: index) }
      for index in fixed..<text.count { all &= members[Int(text[index])] >> UInt32(truncatingIfNeeded: fixed) }
      return all != 0
    case .table(let classes, let next, let first, let width):
      var state = first
      for byte in text {
        // State 0 never matches any more, state 1 always does.
        if state <= width { break }
        state = Int(next[state + Int(classes[Int(byte)])])
      }
      return next[state + width - 1] != 0
    }
  }

  /// Four at a time, so that the loads don't wait for each other.
  @inline(__always)
  private static func all(of text: UnsafeBufferPointer<UInt8>, in members: UnsafePointer<UInt8>) -> Bool {
    var all: UInt8 = 1
    var index = 0
    while index &+ 4 <= text.count {
      let first = members[Int(text[index])] & members[Int(text[index &+ 1])]
      let second = members[Int(text[index &+ 2])] & members[Int(text[index &+ 3])]
      all &= first & second
      index &+= 4
    }
    while index < text.count {
      all &= members[Int(text[index])]
      index &+= 1
    }
    return all != 0
  }
}
