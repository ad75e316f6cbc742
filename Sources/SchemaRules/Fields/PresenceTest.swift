/// One test of `PresenceRules`: a plain value, whose numbers are indices into the rules' faults and sets.
enum PresenceTest: Sendable {
  /// Where one of `given` is present (always, where `nil`), one of `needed` must be.
  case needs(given: ColumnSet?, needed: ColumnSet, fault: Int)
  /// Where one of `given` is present (always, where `nil`): of the alternatives at least one must be, or exactly one.
  /// Each is a range of sets of which all must be present. `fault` is that for none, the next that for several.
  case alternatives(given: ColumnSet?, Range<Int>, exactlyOne: Bool, fault: Int)
  /// The sets must not all be present.
  case excluded(sets: Range<Int>, fault: Int)
  /// So many of the sets must be present, where one of `given` is (always, where `nil`).
  case members(given: ColumnSet?, sets: Range<Int>, minimum: Int, maximum: Int, object: Int)
}
