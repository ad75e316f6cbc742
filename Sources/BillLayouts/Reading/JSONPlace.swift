package import SchemaRules

/// A value of a JSON text with its place in it.
package struct JSONPlace {
  package let value: JSONValue
  /// A JSON pointer (RFC 6901).
  package let pointer: String

  package init(_ value: JSONValue, pointer: String = "") {
    self.value = value
    self.pointer = pointer
  }

  /// The member of an object.
  package subscript(key: String) -> JSONPlace? {
    value[key].map { JSONPlace($0, pointer: pointer + "/" + Self.escape(key)) }
  }

  /// The members of an object, in their order; none of anything else.
  package var members: [(String, JSONPlace)] {
    (value.object?.members ?? []).map { ($0.key, JSONPlace($0.value, pointer: pointer + "/" + Self.escape($0.key))) }
  }

  /// The elements of an array; none of anything else.
  package var elements: [JSONPlace] {
    (value.array ?? []).enumerated().map { JSONPlace($1, pointer: "\(pointer)/\($0)") }
  }

  package var string: String? { value.string }

  // Inlined into who asks, swiftc 6.3.1 stops over it where it optimises for tests (an error of ownership of its own).
  @inline(never) package var integer: Int? { value.integer.flatMap { Int(exactly: $0) } }

  private static func escape(_ key: String) -> String {
    key.reduce(into: "") { $0 += $1 == "~" ? "~0" : $1 == "/" ? "~1" : String($1) }
  }
}
