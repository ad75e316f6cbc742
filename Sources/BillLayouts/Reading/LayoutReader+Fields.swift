import BillModel
import SchemaRules

extension LayoutReader {
  /// Whether the bill has the fields that the layout names, and the layout those that every bill has.
  mutating func checkFields(_ layout: Layout, _ catalog: FieldCatalog, _ root: JSONPlace) {
    checkRules(layout, catalog, root["rules"]?["fields"])
    if layout.operation == .mixed, let place = root["rules"]?["fields"] {
      note(place, "is for layouts whose rows all ask for one thing: each operation has rules of its own.")
    }
    guard case .mapped(let mapping) = layout.columns, let fields = root["fields"] else { return }
    var known: [String] = []
    for field in mapping.fields {
      guard let place = fields[field.path] else { continue }
      if let key = FieldCatalog.markKey(field.path) {
        note(place, "The metadata key \"\(key)\" is billdrop's own: it says what was added last.")
      } else if let fault = catalog.keyFault(field.path) {
        note(place, "The metadata key \"\(fault.key)\" is not allowed: \(fault.rule.description ?? "see the schema").")
      } else if let found = catalog.field(field.path) {
        known.append(found.path.description)
      } else {
        note(place, Self.unknownPath(field.path, catalog))
      }
    }
    guard known.count == mapping.fields.count else { return }
    if known.count > ColumnSet.capacity {
      note(fields, "fills \(known.count) fields: \(ColumnSet.capacity) at most.")
    } else if let presence = try? Self.schema(layout, catalog).presence(columns: known) {
      for (paths, _) in presence.alwaysMissing {
        note(fields, "doesn't fill \(paths.joined(separator: " or ")), which every bill has.")
      }
    }
  }

  /// The bill's schema under the layout's own rules, where these can be used.
  private static func schema(_ layout: Layout, _ catalog: FieldCatalog) -> CompiledSchema {
    let rules = Array(layout.rules.schema.utf8)
    guard !rules.isEmpty, let overlay = try? CompiledSchema(json: rules) else { return catalog.schema }
    return catalog.schema.tightened(by: overlay)
  }

  static func unknownPath(_ path: String, _ catalog: FieldCatalog) -> String {
    let near = NearestName.of(path, among: catalog.names.filter { !$0.hasSuffix(".*") })
    return near.map { "A bill has no field \"\(path)\": is \"\($0)\" meant?" }
      ?? "A bill has no field \"\(path)\": one of \(catalog.names.joined(separator: ", "))."
  }
}
