import SchemaRules

/// The JSON Schema that a layout's rules about fields make, to lie over the bill's.
struct OverlaySchema {
  private final class Node {
    var own = JSONObject()
    var required: [JSONValue] = []
    var members: [(name: String, node: Node)] = []

    func require(_ name: String) {
      if !required.contains(.string(name)) { required.append(.string(name)) }
    }

    func member(_ name: String) -> Node {
      if let known = members.first(where: { $0.name == name }) { return known.node }
      let node = Node()
      members.append((name, node))
      return node
    }

    var schema: JSONValue {
      var object = own
      if !required.isEmpty { object["required"] = .array(required) }
      if !members.isEmpty {
        var properties = JSONObject()
        for (name, node) in members { properties[name] = node.schema }
        object["properties"] = .object(properties)
      }
      return .object(object)
    }
  }

  /// The schema as text; empty where no rule is stated.
  let text: String

  /// - Parameter fields: Rules by the paths of their fields.
  init(_ fields: JSONPlace) {
    let root = Node()
    for (path, rules) in fields.members {
      let isRequired = rules.members.contains { $0.0 == "required" && $0.1.value.bool == true }
      var field = root
      for key in Self.keys(path) {
        // Every bill has a value there: so also the objects that it stands in.
        if isRequired { field.require(key) }
        field = field.member(key)
      }
      for (keyword, value) in rules.members where keyword != "required" { field.own[keyword] = value.value }
    }
    text = root.members.isEmpty ? "" : String(decoding: root.schema.encoded, as: UTF8.self)
  }

  /// The keys of a path; what follows `metadata.` is one key.
  private static func keys(_ path: String) -> [String] {
    var keys: [String] = []
    var rest = Substring(path)
    while !rest.isEmpty {
      if keys.last == "metadata" {
        keys.append(String(rest))
        break
      }
      let key = rest.prefix { $0 != "." }
      keys.append(String(key))
      rest = rest.dropFirst(key.count + 1)
    }
    return keys
  }
}
