import CScan

/// Compiles the rules of a field into looks.
struct LookCompiler {
  /// What the looks go by. Whoever uses them deallocates it in the end.
  private(set) var memory: [UnsafeMutableRawPointer] = []

  /// The looks that a value goes through, one for each step of the field's program or for two of them.
  mutating func looks(_ program: FieldProgram) -> [FieldLook] {
    var looks: [FieldLook] = []
    for step in program.steps { looks.append(look(step)) }
    Self.dropLength(of: &looks)
    return looks
  }

  private mutating func look(_ step: FieldStep) -> FieldLook {
    switch step {
    case .integer(let minimum, let maximum): .integer(minimum: minimum, maximum: maximum)
    case .length(let minimum, let maximum):
      // A code point has 1 to 4 bytes, and one byte at least is one code point at least.
      .length(minimum: minimum <= 1 ? UInt64(minimum) : UInt64(minimum) * 4, maximum: UInt64(maximum))
    case .pattern(.run(let members, let minimum, let maximum), _):
      .positions(
        table([UInt32](repeating: 0, count: 256)), fixed: 0, run { members[$0] != 0 },
        minimum: UInt64(minimum), maximum: UInt64(maximum))
    case .pattern(.positions(let members, let fixed, let minimum, let maximum), _):
      .positions(
        members, fixed: UInt32(fixed), run { members[$0] >> UInt32(fixed) & 1 != 0 },
        minimum: UInt64(minimum + fixed), maximum: UInt64(maximum) + UInt64(fixed))
    case .format(.date): .date
    case .format(.email): .email(local: run(EmailAddress.isLocal), domain: run(EmailAddress.isDomain))
    case .excludedPattern(.table(let classes, let next, let first, let width), _):
      excluded(classes, next, first, width)
    case .pattern, .choice, .excludedPattern, .excluded, .alternatives: .none
    }
  }

  /// Of a pattern that must not match: the first bytes after which it can't any more.
  private mutating func excluded(
    _ classes: UnsafePointer<UInt8>, _ next: UnsafePointer<UInt32>, _ first: Int, _ width: Int
  ) -> FieldLook {
    let canEndDead = next[width - 1] != 0
    return .first(
      table((0..<256).map { !canEndDead && next[first + Int(classes[$0])] == 0 ? UInt8(1) : 0 }))
  }

  /// A length that a pattern of ASCII bytes can look at in passing.
  private static func dropLength(of looks: inout [FieldLook]) {
    guard case .length(let least, let most) = looks.first, looks.count > 1,
      case .positions(let positions, let fixed, let run, let minimum, let maximum) = looks[1]
    else { return }
    looks[1] = .positions(
      positions, fixed: fixed, run, minimum: max(least, minimum), maximum: min(most, maximum))
    looks.removeFirst()
  }

  private mutating func run(_ isIn: (Int) -> Bool) -> UnsafePointer<cscan_class> {
    let place = UnsafeMutablePointer<cscan_class>.allocate(capacity: 1)
    memory.append(UnsafeMutableRawPointer(place))
    cscan_make_class((0..<256).map { isIn($0) ? 1 : 0 }, place)
    return UnsafePointer(place)
  }

  /// Memory for elements that are read as often as there are values.
  mutating func table<Element>(_ elements: [Element]) -> UnsafePointer<Element> {
    let place = UnsafeMutablePointer<Element>.allocate(capacity: elements.count)
    memory.append(UnsafeMutableRawPointer(place))
    place.initialize(from: elements, count: elements.count)
    return UnsafePointer(place)
  }
}
