package import BillModel
import Hashing
import SchemaRules

/// How a layout derives the reference of each bill, and of each payment that it adds: the recipe, and all else in the layout
/// that has a say in it.
struct ReferenceDerivation {
  /// `nil` where the reference is taken from a column as it stands there.
  let text: ReferenceText?
  /// The same of the references of payments; `nil` also where none are added.
  let paymentText: ReferenceText?

  init(_ layout: JSONValue) {
    text = Self.text(of: "external_reference", layout)
    let operation = layout["operation"]?.string.flatMap(OperationKind.init)
    paymentText = [.paymentAdded, .mixed].contains(operation) ? Self.text(of: "payment_reference", layout) : nil
  }

  private static func text(of field: String, _ layout: JSONValue) -> ReferenceText? {
    guard let field = layout["fields"]?[field] else { return nil }
    let recipe = Self.recipe(field)
    guard let members = recipe.object, members.count > 1 || members["column"] == nil else { return nil }
    var parts = JSONObject()
    parts["recipe"] = recipe
    var places = JSONObject()
    Self.collect(recipe) { source, name in
      if let place = Self.place(of: name, source, layout) { places["\(source) \(name)"] = place }
    }
    if !places.isEmpty { parts["places"] = .object(places) }
    for (name, value) in Self.reading(layout) { parts[name] = value }
    return ReferenceText(
      text: CanonicalLayout.text(.object(parts)), sortedText: CanonicalLayout.sortedText(.object(parts)))
  }

  /// A recipe with every column written as `{"column": …}`, and without a list of no steps.
  private static func recipe(_ value: JSONValue) -> JSONValue {
    guard var object = CanonicalLayout.unabridged(value).object else { return value }
    for key in ["join", "first"] {
      if let members = object[key]?.array { object[key] = .array(members.map(recipe)) }
    }
    if object["steps"]?.array?.isEmpty == true { object["steps"] = nil }
    return .object(object)
  }

  /// Every source that is named, at whatever depth: also the groups of the file's name that steps take.
  private static func collect(_ value: JSONValue, _ found: (_ source: String, _ name: String) -> Void) {
    switch value {
    case .array(let elements):
      for element in elements { collect(element, found) }
    case .object(let object):
      for member in object.members {
        if let name = member.value.string { found(member.key, name) } else { collect(member.value, found) }
      }
    default: break
    }
  }

  /// What the layout says of a source's place.
  private static func place(of name: String, _ source: String, _ layout: JSONValue) -> JSONValue? {
    switch source {
    case "column": layout["columns"]?[name]
    case "header", "parent", "trailer": layout["records"]?[source]?["columns"]?[name]
    case "file_name": layout["file_name"]
    default: nil
    }
  }

  /// What decides how a place's bytes become a text, where it isn't as it would be anyway.
  private static func reading(_ layout: JSONValue) -> [(String, JSONValue)] {
    var parts: [(String, JSONValue)] = []
    if let encoding = layout["encoding"], encoding != .string("UTF-8") { parts.append(("encoding", encoding)) }
    if let quote = layout["csv"]?["quote"], quote != .string("\"") { parts.append(("quote", quote)) }
    if let escape = layout["csv"]?["escape"] { parts.append(("escape", escape)) }
    if let unit = layout["fixed_width"]?["unit"], unit != .string("characters") { parts.append(("unit", unit)) }
    return parts
  }
}

/// A rule by which references are made, as a text.
package struct ReferenceText: Hashable, Sendable {
  /// JSON with sorted keys, but for those whose order decides.
  let text: String
  /// The same with those sorted, too: what was kept before their order was part of a rule; `nil` where there are none.
  let sortedText: String?
}

extension Layout {
  /// The rule by which it derives references; `nil` where they are taken from a column as they stand there.
  ///
  /// A changed key of a step `hmac` in it changes the rule, though never its text.
  package var referenceRule: ReferenceRule? {
    let bills = referenceText.flatMap { digests("billdrop reference rule 1", $0, field: "external_reference") }
    guard let paymentText = paymentReferenceText,
      let payments = digests("billdrop reference rule 2", paymentText, field: "payment_reference")
    else {
      guard let bills, let text = referenceText?.text else { return nil }
      return ReferenceRule(digest: bills.own, text: text, earlier: bills.sorted)
    }
    var text = #"{"payment_reference":\#(paymentText.text)}"#
    if let bills = referenceText?.text {
      text = #"{"external_reference":\#(bills),"payment_reference":\#(paymentText.text)}"#
    }
    let (own, plain) = (both(bills?.own, payments.own), both(bills?.plain, payments.plain))
    return ReferenceRule(
      digest: own, text: text, withoutPayments: bills?.own, earlier: plain == own ? nil : plain,
      earlierWithoutPayments: bills?.sorted)
  }

  private func both(_ bills: SHA256Digest?, _ payments: SHA256Digest) -> SHA256Digest {
    let hasher = SHA256Hasher()
    for part in ["billdrop reference rules", bills?.hex ?? "", payments.hex] { hasher.updateLengthPrefixed(part) }
    return hasher.finish()
  }

  /// The digests of a rule: its own, that of its text alone, and that of its text with all keys sorted.
  ///
  /// Where an order decides and is the sorted one, its own differs from both: else it would be that of any order before.
  private func digests(
    _ kind: String, _ text: ReferenceText, field path: String
  ) -> (own: SHA256Digest, plain: SHA256Digest, sorted: SHA256Digest?)? {
    guard case .mapped(let mapping) = columns, let field = mapping.fields.first(where: { $0.path == path }) else {
      return nil
    }
    var used: [String: [UInt8]] = [:]
    for case .hmac(let variable) in field.recipe.all.flatMap(\.steps) { used[variable] = keys.values[variable] }
    func digest(_ text: String, _ more: [String] = []) -> SHA256Digest {
      let hasher = SHA256Hasher()
      for part in [kind, text, LayoutKeys(used).fingerprint] + more { hasher.updateLengthPrefixed(part) }
      return hasher.finish()
    }
    let plain = digest(text.text)
    let own = text.sortedText == text.text ? digest(text.text, [Self.orderMark]) : plain
    return (own, plain, text.sortedText.map { digest($0) })
  }
}
