/// The rules about which members an object has, compiled for the columns of one file: judges a row from the set of
/// columns that hold a value, without building the object.
package struct PresenceRules: Sendable {
  /// Field paths of the file's columns, in their order.
  package let columns: [String]
  let tests: [PresenceTest]
  /// Faults that `tests` name.
  let faults: [PresenceFault]
  /// Members by their columns, which `tests` name.
  let sets: [ColumnSet]
  /// Alternatives as ranges of `sets`, which `tests` name.
  let alternatives: [Range<Int>]
  /// Paths of the objects that `tests` name.
  let objects: [String]

  /// All that is wrong with a row, the root first, then each object; allocates nothing where nothing is.
  ///
  /// Most rows of a file have the same columns, so a caller in a hurry asks again only where the set has changed.
  ///
  /// - Parameter present: The columns, by their index in `columns`, that hold a value.
  package func check(_ present: ColumnSet) -> [PresenceFault] {
    var found: [PresenceFault] = []
    for test in tests {
      if let fault = fault(of: test, present) { found.append(fault) }
    }
    return found
  }

  @inline(__always)
  private func fault(of test: PresenceTest, _ present: ColumnSet) -> PresenceFault? {
    switch test {
    case .needs(let given, let needed, let fault):
      return isGiven(given, present) && present.isDisjoint(with: needed) ? faults[fault] : nil
    case .alternatives(let given, let range, let exactlyOne, let fault):
      guard isGiven(given, present) else { return nil }
      let count = range.count { alternatives[$0].allSatisfy { !present.isDisjoint(with: sets[$0]) } }
      return count == 0 ? faults[fault] : count > 1 && exactlyOne ? faults[fault + 1] : nil
    case .excluded(let range, let fault):
      return range.allSatisfy { !present.isDisjoint(with: sets[$0]) } ? faults[fault] : nil
    case .members(let given, let range, let minimum, let maximum, let object):
      guard isGiven(given, present) else { return nil }
      let count = range.count { !present.isDisjoint(with: sets[$0]) }
      if count > maximum { return .tooMany(object: objects[object], count: count, maximum: maximum) }
      return count < minimum ? .tooFew(object: objects[object], count: count, minimum: minimum) : nil
    }
  }

  @inline(__always)
  private func isGiven(_ given: ColumnSet?, _ present: ColumnSet) -> Bool {
    guard let given else { return true }
    return !present.isDisjoint(with: given)
  }
}
