/// Why a pattern can't be compiled.
package struct PatternError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// Not ECMA-262: an unclosed group, a quantifier without an atom, …
    case malformed(String)
    /// ECMA-262, and outside of the subset: back references, lookaround, lazy quantifiers, …
    case unsupported(String)
    /// The table would have more states than the limit.
    case tooLarge
  }

  package var reason: Reason
  package var pattern: String
  /// Character (code point) in the pattern, from 1.
  package var column: Int

  package init(reason: Reason, pattern: String, column: Int) {
    self.reason = reason
    self.pattern = pattern
    self.column = column
  }
}

extension PatternError: CustomStringConvertible {
  package var description: String {
    switch reason {
    case .malformed(let what): "the pattern \(pattern) is malformed at character \(column): \(what)"
    case .unsupported(let what): "the pattern \(pattern) uses \(what) at character \(column), which is not supported"
    case .tooLarge: "the pattern \(pattern) needs too large a table"
    }
  }
}
