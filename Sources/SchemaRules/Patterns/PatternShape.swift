/// The shape that most patterns of data have, for which no table of states is needed: from start to end some fixed
/// positions, then a run of one class. `^[A-Z]{3}$`, `^\+[1-9]\d{1,14}$` and `^bcus_[a-zA-Z0-9]+$` have it.
struct PatternShape {
  /// Classes of the first positions; at most 31.
  private(set) var fixed: [ByteSet] = []
  /// Class of the run.
  private(set) var run = ByteSet()
  /// Length of the run in bytes, which are characters here; without limit: `Int.max`.
  private(set) var minimum = 0
  private(set) var maximum = 0

  /// `nil` where the pattern has another shape, or takes characters outside of ASCII.
  init?(_ syntax: PatternSyntax) {
    guard case .sequence(let items) = syntax, items.first == .start, items.last == .end, items.count >= 3 else {
      return nil
    }
    for item in items[1..<items.count - 1] {
      guard maximum == 0, append(item) else { return nil }
    }
    collapse()
  }

  private mutating func append(_ item: PatternSyntax) -> Bool {
    switch item {
    case .set(let set):
      guard let bytes = set.ascii, fixed.count < 31 else { return false }
      fixed.append(bytes)
    case .repeated(.set(let set), let least, let most):
      guard let bytes = set.ascii else { return false }
      if least == most, fixed.count + least <= 31 {
        fixed += [ByteSet](repeating: bytes, count: least)
      } else {
        (run, minimum, maximum) = (bytes, least, most ?? .max)
      }
    default: return false
    }
    return true
  }

  /// Equal positions and no run are a run.
  private mutating func collapse() {
    guard maximum == 0, let set = fixed.first, fixed.allSatisfy({ $0 == set }) else { return }
    (run, minimum, maximum, fixed) = (set, fixed.count, fixed.count, [])
  }
}
