/// One way in which a JSON value breaks a schema.
package struct SchemaViolation: Hashable, Sendable {
  /// JSON pointer (RFC 6901) to the offending value; for a missing member to the object that lacks it.
  package var pointer: String
  /// The keyword that says no: `required`, `maximum`, …
  package var keyword: String
  /// One sentence: what is wrong, with the limit that was broken. Never the value itself.
  package var message: String

  /// A member that isn't known, and those that are.
  package struct Unknown: Hashable, Sendable {
    package let name: String
    package let known: [String]
  }

  /// Where a member isn't known, its name and those that are.
  package internal(set) var unknown: Unknown?

  package init(pointer: String, keyword: String, message: String) {
    self.pointer = pointer
    self.keyword = keyword
    self.message = message
  }
}
