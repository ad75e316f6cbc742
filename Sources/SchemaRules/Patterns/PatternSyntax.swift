/// A pattern, parsed.
indirect enum PatternSyntax: Hashable, Sendable {
  /// One character of the set.
  case set(CodePointSet)
  /// One after the other; empty matches the empty text.
  case sequence([PatternSyntax])
  /// Any one of them.
  case choice([PatternSyntax])
  /// `minimum` to `maximum` times; without end where that is `nil`.
  case repeated(PatternSyntax, minimum: Int, maximum: Int?)
  /// `^`
  case start
  /// `$`
  case end
}
