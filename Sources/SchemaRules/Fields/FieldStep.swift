/// One test of a compiled field. A plain value over tables that the field owns: no reference counting in a check.
enum FieldStep: Sendable {
  case integer(minimum: Int64, maximum: Int64)
  /// In code points.
  case length(minimum: Int, maximum: Int)
  case pattern(PatternMatcher, index: Int)
  case format(SchemaFormat)
  /// One of the field's `choices`.
  case choice
  /// The pattern must not match: the usual exclusion.
  case excludedPattern(PatternMatcher, index: Int)
  /// The steps of the group must not all pass.
  case excluded(group: Int, index: Int)
  /// All steps of at least one of the groups must pass; or of exactly one.
  case alternatives(groups: Range<Int>, exactlyOne: Bool)
}
