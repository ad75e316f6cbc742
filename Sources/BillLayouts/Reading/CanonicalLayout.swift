import SchemaRules

/// What a layout means, as a text: two layouts with the same text make the same bills of the same bytes.
///
/// Names, descriptions and comments are no part of it, nor is the order of keys where it means nothing, nor what is stated
/// where it would be so anyway.
struct CanonicalLayout {
  /// JSON with sorted keys; `nil` where it is the layout that a file without one has.
  let text: String?
  /// The same with the keys of every object in order: what ledgers knew a layout by before the order of texts to replace was
  /// part of it. `nil` where no such order decides.
  let sortedText: String?

  init(_ layout: JSONValue) {
    var root = layout.object ?? JSONObject()
    for key in ["$schema", "name", "description", "duplicates", "confirm_void"] { root[key] = nil }
    for (key, value) in Self.defaults where root[key] == value { root[key] = nil }
    for (key, defaults) in [("csv", Self.csvDefaults), ("fixed_width", Self.fixedDefaults)] {
      guard var form = root[key]?.object else { continue }
      if form["record_descriptors"]?.bool == true { form["line_ends"] = nil }
      for (name, value) in defaults where form[name] == value { form[name] = nil }
      root[key] = form.isEmpty ? nil : .object(form)
    }
    if let fields = root["fields"]?.object {
      var plain = JSONObject()
      for member in fields.members { plain[member.key] = Self.unabridged(member.value) }
      root["fields"] = .object(plain)
    }
    let text = Self.text(.object(root))
    self.text = text == #"{"format":"csv"}"# ? nil : text
    sortedText = Self.sortedText(.object(root))
  }

  private static let defaults: [(String, JSONValue)] = [
    ("encoding", .string("UTF-8")), ("compression", .string("auto")), ("operation", .string("bill")),
    ("columns", .object(JSONObject())),
    ("control", .object(JSONObject())), ("rules", .object(JSONObject())),
  ]

  private static let csvDefaults: [(String, JSONValue)] = [
    ("delimiter", .string(",")), ("quote", .string("\"")), ("heading", .bool(true)), ("skip_lines", .integer(0)),
    ("fold_case", .bool(false)), ("repeated_heading", .string("row")), ("other_columns", .string("ignore")),
  ]

  private static let fixedDefaults: [(String, JSONValue)] = [
    ("line_ends", .bool(true)), ("record_descriptors", .bool(false)), ("unit", .string("characters")),
  ]

  /// `"Heading"` as `{"column": "Heading"}`.
  static func unabridged(_ value: JSONValue) -> JSONValue {
    guard case .string = value else { return value }
    var object = JSONObject()
    object["column"] = value
    return .object(object)
  }

  /// A value's text with the keys of every object in order, but for those of a step `replace` whose order decides.
  static func text(_ value: JSONValue) -> String { String(decoding: sorted(value).encoded, as: UTF8.self) }

  /// The same with those in order, too; `nil` where no such order decides.
  static func sortedText(_ value: JSONValue) -> String? {
    guard hasOrder(value) else { return nil }
    return String(decoding: sorted(value, keepingOrder: false).encoded, as: UTF8.self)
  }

  private static func sorted(_ value: JSONValue, keepingOrder: Bool = true) -> JSONValue {
    switch value {
    case .array(let elements):
      return .array(elements.map { keepingOrder && isOutOfOrder($0) ? $0 : sorted($0, keepingOrder: keepingOrder) })
    case .object(let object):
      var sortedObject = JSONObject()
      for member in object.members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        sortedObject[member.key] = sorted(member.value, keepingOrder: keepingOrder)
      }
      return .object(sortedObject)
    default: return value
    }
  }

  /// Whether a value is a step `replace` in which a text stands before one that it begins with: of these the first is taken,
  /// so that they stay as they are.
  private static func isOutOfOrder(_ step: JSONValue) -> Bool { replaces(step) { $0.starts(with: $1) } }

  /// Whether a value has a step `replace` of texts of which one begins with another.
  private static func hasOrder(_ value: JSONValue) -> Bool {
    switch value {
    case .array(let elements):
      elements.contains { step in
        replaces(step) { $0.starts(with: $1) || $1.starts(with: $0) } || hasOrder(step)
      }
    case .object(let object): object.members.contains { hasOrder($0.value) }
    default: false
    }
  }

  /// Whether a value is a step `replace` with two texts, one before the other, of which something holds.
  private static func replaces(
    _ step: JSONValue, _ holds: (_ first: String.UTF8View, _ second: String.UTF8View) -> Bool
  ) -> Bool {
    guard let object = step.object, object.count == 1, let pairs = object["replace"]?.object else { return false }
    let keys = pairs.members.map(\.key.utf8)
    return keys.indices.contains { first in keys[(first + 1)...].contains { holds(keys[first], $0) } }
  }
}
