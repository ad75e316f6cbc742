package import SchemaRules

/// Why a layout can't be used.
package enum LayoutError: Error, Hashable, Sendable {
  /// The text is no JSON, from this line and column on.
  case notJSON(JSONParseError)
  /// It is JSON, and says what a layout can't: all that is wrong with it, in the order of the text where it is known.
  case mistakes([LayoutMistake])
  /// A key that it needs is in no variable of the environment, or shorter than 32 bytes.
  case missingKey(variable: String)
  /// The schema of layouts itself can't be used: a fault of ours.
  case schema(SchemaError)
}
