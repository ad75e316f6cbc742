/// A JSON text as a value (RFC 8259). Objects keep the order of their members; numbers are exact.
package enum JSONValue: Sendable {
  case null
  case bool(Bool)
  /// A number whose value is an integer and fits; also `1.0` and `1e2` (as JSON Schema counts integers).
  case integer(Int64)
  /// Any other number, exact.
  case decimal(JSONDecimal)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)

  /// The object, or `nil` for any other kind.
  package var object: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The elements, or `nil` for any other kind.
  package var array: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The string, or `nil` for any other kind.
  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The number where it is an integer and fits, or `nil`.
  package var integer: Int64? {
    if case .integer(let number) = self { number } else { nil }
  }

  /// The number, integer or not, as the nearest `Double`; `nil` for any other kind.
  package var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .decimal(let number): number.double
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// The truth value, or `nil` for any other kind.
  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }

  /// The member of an object; `nil` where there is none or the value is no object.
  package subscript(key: String) -> JSONValue? { object?[key] }
}

extension JSONValue: Hashable {
  /// Equal as JSON Schema has it: strings by code points, objects without regard to order.
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let a), .bool(let b)): a == b
    case (.integer(let a), .integer(let b)): a == b
    case (.decimal(let a), .decimal(let b)): a == b
    case (.string(let a), .string(let b)): a.utf8.elementsEqual(b.utf8)
    case (.array(let a), .array(let b)): a == b
    case (.object(let a), .object(let b)): a == b
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .null: hasher.combine(0)
    case .bool(let value): hasher.combine(value)
    case .integer(let number): hasher.combine(number)
    case .decimal(let number): hasher.combine(number)
    case .string(let text): hasher.combine(text)
    case .array(let elements): hasher.combine(elements)
    case .object(let object): hasher.combine(object)
    }
  }
}
