import SchemaRules

/// What a layout means, as a text: two layouts with the same text make the same bills of the same bytes.
///
/// Names, descriptions and comments are no part of it, nor is the order of keys where it means nothing, nor what is stated
/// where it would be so anyway.
struct CanonicalLayout {
  /// JSON with sorted keys; `nil` where it is the layout that a file without one has.
  let text: String?

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
    let sorted = Self.sorted(.object(root))
    let text = String(decoding: sorted.encoded, as: UTF8.self)
    self.text = text == #"{"format":"csv"}"# ? nil : text
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

  /// The same with the keys of every object in order, but for those of a step `replace` whose order decides.
  static func sorted(_ value: JSONValue) -> JSONValue {
    switch value {
    case .array(let elements): return .array(elements.map { ordered($0) ?? sorted($0) })
    case .object(let object):
      var sortedObject = JSONObject()
      for member in object.members.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
        sortedObject[member.key] = sorted(member.value)
      }
      return .object(sortedObject)
    default: return value
    }
  }

  /// A step `replace` in which a text stands before one that it begins with: of these the first is taken, so that they stay
  /// as they are. `nil` for anything else.
  private static func ordered(_ step: JSONValue) -> JSONValue? {
    guard let object = step.object, object.count == 1, let pairs = object["replace"]?.object else { return nil }
    let keys = pairs.members.map(\.key.utf8)
    let decides = keys.indices.contains { first in
      keys[(first + 1)...].contains { keys[first].starts(with: $0) }
    }
    return decides ? step : nil
  }
}
