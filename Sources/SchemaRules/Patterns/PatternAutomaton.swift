/// Which states were met: one list for all searches, as there are very many.
struct StateMarks {
  /// In which search each was met last.
  private var searches: [UInt32]
  private var search: UInt32 = 0

  init(count: Int) { searches = Array(repeating: 0, count: count) }

  mutating func forget() { search += 1 }

  /// Whether it wasn't met before.
  mutating func insert(_ state: Int) -> Bool {
    defer { searches[state] = search }
    return searches[state] != search
  }
}

/// A pattern as a nondeterministic automaton over bytes (Thompson's construction).
struct PatternAutomaton {
  enum State: Hashable {
    /// Goes on with one byte of the set.
    case bytes(ByteSet, next: Int)
    /// Goes on with either, without a byte.
    case fork(Int, Int)
    /// Goes on at the start of the text only.
    case start(next: Int)
    /// Goes on at the end of the text only.
    case end(next: Int)
    case match
  }

  /// More states than this are refused.
  static let maximumStates = 20_000

  private(set) var states: [State] = [.match]
  private(set) var first = 0

  /// - Throws: `tooLarge` beyond the limit; the pattern's text is filled in by the caller.
  init(_ syntax: PatternSyntax) throws(PatternError) {
    first = try build(syntax, then: 0)
  }

  /// Adds the states of a part that goes on at `next`, and returns where it begins.
  private mutating func build(_ syntax: PatternSyntax, then next: Int) throws(PatternError) -> Int {
    switch syntax {
    case .set(let set): return try build(set, then: next)
    case .start: return try add(.start(next: next))
    case .end: return try add(.end(next: next))
    case .sequence(let items):
      var begin = next
      for item in items.reversed() { begin = try build(item, then: begin) }
      return begin
    case .choice(let branches):
      var begins: [Int] = []
      for branch in branches { begins.append(try build(branch, then: next)) }
      return try fork(begins)
    case .repeated(let item, let minimum, let maximum):
      return try buildRepeated(item, minimum, maximum, then: next)
    }
  }

  private mutating func buildRepeated(
    _ item: PatternSyntax, _ minimum: Int, _ maximum: Int?, then next: Int
  ) throws(PatternError) -> Int {
    var begin = next
    if let maximum {
      for _ in minimum..<maximum { begin = try add(.fork(try build(item, then: begin), next)) }
    } else {
      let loop = try add(.match)
      states[loop] = .fork(try build(item, then: loop), next)
      begin = loop
    }
    for _ in 0..<minimum { begin = try build(item, then: begin) }
    return begin
  }

  private mutating func build(_ set: CodePointSet, then next: Int) throws(PatternError) -> Int {
    var single = ByteSet()
    var begins: [Int] = []
    for sequence in set.utf8 {
      if sequence.count == 1 {
        for byte in sequence[0] { single.insert(byte) }
      } else {
        var begin = next
        for range in sequence.reversed() { begin = try add(.bytes(ByteSet(range), next: begin)) }
        begins.append(begin)
      }
    }
    // An empty class matches nothing: a state that no byte leaves.
    if !single.isEmpty || begins.isEmpty { begins.append(try add(.bytes(single, next: next))) }
    return try fork(begins)
  }

  private mutating func fork(_ begins: [Int]) throws(PatternError) -> Int {
    var joined = begins[begins.count - 1]
    for begin in begins.dropLast().reversed() { joined = try add(.fork(begin, joined)) }
    return joined
  }

  private mutating func add(_ state: State) throws(PatternError) -> Int {
    guard states.count < Self.maximumStates else { throw PatternError(reason: .tooLarge, pattern: "", column: 1) }
    states.append(state)
    return states.count - 1
  }

  /// The states that are reached without a byte, in their order: those with a byte, `end`, and `match`.
  ///
  /// - Parameter marks: Made for as many states.
  func closure(of seeds: [Int], atStart: Bool, atEnd: Bool, _ marks: inout StateMarks) -> [Int] {
    marks.forget()
    var stack = seeds
    var kept: [Int] = []
    while let index = stack.popLast() {
      guard marks.insert(index) else { continue }
      switch states[index] {
      case .fork(let left, let right): stack += [left, right]
      case .start(let next): if atStart { stack.append(next) }
      case .end(let next):
        kept.append(index)
        if atEnd { stack.append(next) }
      case .bytes, .match: kept.append(index)
      }
    }
    return kept.sorted()
  }
}
