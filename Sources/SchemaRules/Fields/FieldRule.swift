/// The rules of one field as the schema states them: for messages, hints and lists of headings.
package struct FieldRule: Hashable, Sendable {
  package enum Kind: Hashable, Sendable { case string, integer }

  /// A pattern of the schema, and the `title` or `description` beside it, where it has one.
  package struct Pattern: Hashable, Sendable {
    package var source: String
    package var note: String?
  }

  package var kind: Kind
  /// `title` of the field in the schema.
  package var title: String?
  /// `description` of the field in the schema.
  package var description: String?
  package var minimum: Int64?
  package var maximum: Int64?
  /// In characters (code points).
  package var minLength: Int?
  /// In characters (code points).
  package var maxLength: Int?
  /// The text must match each.
  package var patterns: [Pattern] = []
  /// The text must match none.
  package var exclusions: [Pattern] = []
  /// `date` or `email`.
  package var format: String?
  /// The texts that are allowed (`enum`, `const`); `nil` where all are.
  package var choices: [String]?
  /// Names of the forms of which it must have one (`oneOf`, `anyOf`); empty where there is only one.
  package var alternatives: [String] = []
  /// `examples` of the schema, as texts.
  package var examples: [String] = []
}
