import BillModel
import SchemaRules

extension LayoutReader {
  mutating func control(_ place: JSONPlace?) -> ControlRules {
    var control = ControlRules()
    guard let place else { return control }
    if let count = place["count"] { control.count = recipe(count) }
    for sum in place["sums"]?.elements ?? [] {
      guard let stated = recipe(sum), let of = sum["of"]?.string else { continue }
      control.sums.append(.init(field: of, stated: stated))
    }
    for total in place["hash_totals"]?.elements ?? [] {
      guard let stated = recipe(total), let of = total["of"]?.string else { continue }
      control.hashTotals.append(.init(column: .name(of), digits: total["digits"]?.integer, stated: stated))
    }
    if let sequence = place["sequence"], let column = sequence["column"] {
      let reference = column.integer.map { ColumnReference.number($0) } ?? column.string.map { .name($0) }
      if let reference { control.sequence = .init(column: reference, first: sequence["first"]?.integer ?? 1) }
    }
    for pair in place["equal"]?.elements ?? [] {
      guard let value = pair["value"].flatMap({ recipe($0) }), let other = pair["other"].flatMap({ recipe($0) }),
        let name = pair["name"]?.string
      else { continue }
      control.equal.append(.init(name: name, value: value, other: other))
    }
    if let side = place["side_file"], let name = side["name"] {
      if let text = name.string, text.contains("/") {
        note(name, "The side file stands beside the bill file: no folder.")
      }
      control.sideFile = name.string.map {
        .init(name: $0, form: side["form"]?.string.flatMap { ControlRules.SideFile.Form(rawValue: $0) } ?? .pairs)
      }
    }
    return control
  }

  mutating func rules(_ place: JSONPlace?) -> MerchantRules {
    var rules = MerchantRules()
    guard let place else { return rules }
    if let fields = place["fields"] {
      rules.required = fields.members.filter { $0.1["required"]?.value.bool == true }.map(\.0)
      rules.schema = OverlaySchema(fields).text
    }
    for code in place["currencies"]?.elements ?? [] {
      guard let text = code.string else { continue }
      if let currency = CurrencyCode(text), Currency.isActive(currency) {
        rules.currencies.append(currency)
      } else {
        note(code, "is no currency of ISO 4217.")
      }
    }
    rules.dueWithinDays = place["due_within_days"]?.integer
    rules.badRowsPerMillion = place["bad_rows"]?.value.double.flatMap { Int(exactly: ($0 * 1_000_000).rounded()) }
    return rules
  }
}
