/// A pattern as a deterministic table over classes of bytes (subset construction), for search in a text.
struct PatternTable {
  /// More states than this are refused.
  static let maximumStates = 4096

  /// Class of each byte value; 256 entries, each below `classCount`.
  private(set) var classes = [UInt8](repeating: 0, count: 256)
  private(set) var classCount = 1
  /// Next state by state × classCount + class. State 0: no match any more. State 1: matched, whatever follows.
  private(set) var transitions: [UInt32] = []
  /// Per state: whether the text may end here.
  private(set) var accepts: [Bool] = []
  private(set) var first: UInt32 = 0

  private var numbers: [[Int]: UInt32] = [:]
  private var pending: [(number: UInt32, states: [Int])] = []
  private var marks: StateMarks

  init(_ automaton: PatternAutomaton) throws(PatternError) {
    marks = StateMarks(count: automaton.states.count)
    classify(automaton)
    let representatives = (0..<classCount).map { wanted in UInt8(classes.firstIndex { Int($0) == wanted } ?? 0) }
    _ = try add([], accepts: false)
    _ = try add([], accepts: true)
    numbers[[]] = 0
    let start = automaton.closure(of: [automaton.first], atStart: true, atEnd: false, &marks)
    first = try number(of: start, automaton, isStart: true)
    while let (number, states) = pending.popLast() {
      for (column, byte) in representatives.enumerated() {
        let next = automaton.step(states, byte, &marks)
        transitions[Int(number) * classCount + column] = try self.number(of: next, automaton, isStart: false)
      }
    }
    for column in 0..<classCount { transitions[classCount + column] = 1 }
  }

  /// Bytes that no set tells apart share a class.
  private mutating func classify(_ automaton: PatternAutomaton) {
    var sets: Set<ByteSet> = []
    for case .bytes(let set, _) in automaton.states { sets.insert(set) }
    for set in sets {
      var renumbered: [Int: UInt8] = [:]
      for byte in 0..<256 {
        let key = Int(classes[byte]) * 2 + (set.contains(UInt8(byte)) ? 1 : 0)
        let number = renumbered[key] ?? UInt8(renumbered.count)
        renumbered[key] = number
        classes[byte] = number
      }
      classCount = renumbered.count
    }
  }

  private mutating func number(
    of states: [Int], _ automaton: PatternAutomaton, isStart: Bool
  ) throws(PatternError) -> UInt32 {
    // State 0 of the automaton is its match.
    if states.contains(0) { return 1 }
    if !isStart, let known = numbers[states] { return known }
    let accepts = automaton.closure(of: states, atStart: isStart, atEnd: true, &marks).contains(0)
    let number = try add(states, accepts: accepts)
    if !isStart { numbers[states] = number }
    pending.append((number, states))
    return number
  }

  private mutating func add(_ states: [Int], accepts accepting: Bool) throws(PatternError) -> UInt32 {
    guard accepts.count < Self.maximumStates else { throw PatternError(reason: .tooLarge, pattern: "", column: 1) }
    accepts.append(accepting)
    transitions += [UInt32](repeating: 0, count: classCount)
    return UInt32(accepts.count - 1)
  }
}

extension PatternAutomaton {
  /// The states after a byte, and those of a match that begins after it.
  fileprivate func step(_ from: [Int], _ byte: UInt8, _ marks: inout StateMarks) -> [Int] {
    var seeds = [first]
    for index in from {
      if case .bytes(let set, let next) = states[index], set.contains(byte) { seeds.append(next) }
    }
    return closure(of: seeds, atStart: false, atEnd: false, &marks)
  }
}
