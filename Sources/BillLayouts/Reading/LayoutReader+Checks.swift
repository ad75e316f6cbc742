import BillModel
import Tabular

/// What has to fit together in a layout.
extension LayoutReader {
  mutating func check(_ layout: Layout, _ mapping: Mapping?, _ root: JSONPlace) {
    checkPlaces(layout, mapping, root)
    checkCount(layout, root["csv"]?["columns"])
    if let mapping {
      for field in mapping.fields {
        guard let place = root["fields"]?[field.path] else { continue }
        checkSources(field.recipe, of: layout, mapping, at: place, isField: true)
        checkPhones(field.recipe, layout, at: place)
        checkAmounts(field, mapping, at: place)
        checkAmountsOnce(field.recipe, at: place)
        checkCurrency(field, at: place)
        checkReference(field, mapping, at: place)
      }
    }
    checkKinds(mapping?.records, root["records"])
    checkControl(layout, mapping, root["control"])
    if let order = layout.order, let place = root["order"] {
      checkSources(order, of: layout, mapping, at: place, isField: false)
    }
  }

  private mutating func checkCount(_ layout: Layout, _ place: JSONPlace?) {
    guard let place, let count = place.integer, count < layout.neededColumns else { return }
    note(place, "The layout takes values from column \(layout.neededColumns).")
  }

  // MARK: Places

  private mutating func checkPlaces(_ layout: Layout, _ mapping: Mapping?, _ root: JSONPlace) {
    checkPlaces(mapping?.columns ?? [], layout, root["columns"])
    guard let records = mapping?.records, let place = root["records"] else { return }
    if let by = place["by"] {
      checkPlace(records.place, layout, by)
      if case .headings = records.place { note(by, "The kind stands in a column by its number, or at a place.") }
    }
    for (key, kind) in [("header", records.header), ("parent", records.parent), ("trailer", records.trailer)] {
      guard let kind, let columns = place[key]?["columns"] else { continue }
      checkPlaces(kind.columns, layout, columns)
      for column in kind.columns {
        if case .headings = column.place, let member = columns[column.name] {
          note(member, "The heading row names the bills' columns only: give the column's number.")
        }
      }
    }
  }

  private mutating func checkPlaces(_ columns: [SourceColumn], _ layout: Layout, _ place: JSONPlace?) {
    for column in columns {
      if let member = place?[column.name] { checkPlace(column.place, layout, member) }
    }
  }

  private mutating func checkPlace(_ column: SourceColumn.Place, _ layout: Layout, _ place: JSONPlace) {
    switch (layout.form, column) {
    case (.csv, .fixed): note(place, "\"start\" and \"length\" are for the format fixed-width only.")
    case (.fixedWidth, .number), (.fixedWidth, .headings):
      note(place, "A column of a fixed-width file has a place: {\"start\": 1, \"length\": 10}.")
    case (.csv(let csv), .headings) where !csv.hasHeading:
      note(place, "There is no heading row: give the column's number.")
    case (.fixedWidth(let form), .fixed(let fixed)):
      if let digit = fixed.digitThatIsCut {
        note(
          place,
          "The padding \"\(digit)\" would be cut off a number's end, and 2400 may become 24: set \"align\" to \"right\"."
        )
      }
      if let length = form.recordLength, fixed.start + fixed.length - 1 > length {
        note(place, "ends at \(fixed.start + fixed.length - 1), and a record has \(length) \(form.unit.rawValue).")
      }
      if fixed.kind == .packed, (try? TextEncoding(named: layout.encoding))?.singleByteTable == nil {
        note(
          place,
          "A packed number needs an \"encoding\" of one byte a character for the texts beside it: IBM037, ISO-8859-1.")
      }
      if fixed.kind == .packed, form.hasLineEnds, form.recordLength == nil {
        note(place, "A packed number may hold the byte of a line end: state \"record_length\" under \"fixed_width\".")
      }
      if fixed.kind != .text, form.unit != .bytes {
        note(
          place,
          "A \(fixed.kind.rawValue) number is read by its bytes: set \"unit\" to \"bytes\" under \"fixed_width\".")
      }
    case (.csv, _): break
    }
  }

  // MARK: Sources

  mutating func checkSources(
    _ recipe: ValueRecipe, of layout: Layout, _ mapping: Mapping?, at place: JSONPlace, isField: Bool
  ) {
    let kinds = mapping?.records
    for part in recipe.all {
      switch part.source {
      case .column(let reference):
        if isField {
          checkColumn(reference, layout, mapping, at: place)
        } else {
          note(place, "A control compares what stands once in a file, and a column stands in every record.")
        }
      case .header(let name): checkColumn(name, of: kinds?.header, "header", at: place)
      case .parent(let name):
        checkColumn(name, of: kinds?.parent, "parent", at: place)
        if !isField { note(place, "A control compares what stands once in a file, and there may be many parents.") }
      case .trailer(let name):
        checkColumn(name, of: kinds?.trailer, "trailer", at: place)
        if isField { note(place, "The trailer comes after the bills: its values are for \"control\" only.") }
      case .fileName(let group):
        if layout.fileName?.groups.contains(group) != true {
          note(place, "\"file_name\" has no group (?<\(group)>…).")
        }
      case .sideFile:
        if isField { note(place, "Values of the side file are for \"control\" only.") }
        if layout.control.sideFile == nil { note(place, "\"control\" names no \"side_file\".") }
      case .constant, .join, .first: break
      }
    }
  }

  private mutating func checkColumn(
    _ reference: ColumnReference, _ layout: Layout, _ mapping: Mapping?, at place: JSONPlace
  ) {
    let names = mapping?.columns.map(\.name) ?? []
    switch (layout.form, reference) {
    case (.fixedWidth, .number(let number)):
      note(place, "There is no column \(number): a fixed-width file's columns go by their names in \"columns\".")
    case (.fixedWidth, .name(let name)) where !names.contains(name):
      note(place, Self.unknown(name, names))
    case (.csv, .name("?")) where !names.contains("?"):
      note(place, "isn't decided yet: put the column here.")
    case (.csv(let csv), .name(let name)) where !csv.hasHeading && !names.contains(name):
      note(place, Self.unknown(name, names) + " Without a heading row, columns go by number.")
    default: break
    }
  }

  private mutating func checkColumn(
    _ name: String, of kind: RecordKinds.Kind?, _ title: String, at place: JSONPlace
  ) {
    guard let kind else { return note(place, "\"records\" has no \(title).") }
    let names = kind.columns.map(\.name)
    if !names.contains(name) { note(place, "The \(title)'s \"columns\" have no \"\(name)\"\(Self.hint(name, names))") }
  }

  private static func unknown(_ name: String, _ names: [String]) -> String {
    "\"columns\" has no \"\(name)\"\(hint(name, names))"
  }

  private static func hint(_ name: String, _ names: [String]) -> String {
    NearestName.of(name, among: names).map { ": is \"\($0)\" meant?" } ?? "."
  }

  private mutating func checkPhones(_ recipe: ValueRecipe, _ layout: Layout, at place: JSONPlace) {
    for case .phone(.fileName(let group)) in recipe.all.flatMap(\.steps)
    where layout.fileName?.groups.contains(group) != true {
      note(place, "\"file_name\" has no group (?<\(group)>…).")
    }
  }

  /// An amount needs a currency beside it, or stated with the step.
  private mutating func checkAmounts(_ field: Mapping.Field, _ mapping: Mapping, at place: JSONPlace) {
    for case .amount(let form) in field.recipe.all.flatMap(\.steps) {
      let beside = FieldPath(field.path).map { $0.currencyPath }
      let hasCurrency = mapping.fields.contains { $0.path == beside }
      if hasCurrency, form.currency != nil {
        note(place, "The currency is that of \(beside ?? "currency"): leave it out of the step.")
      } else if !hasCurrency, form.currency == nil {
        note(place, "An amount's decimals are those of its currency: fill \(beside ?? "currency") too.")
      }
    }
  }

  /// A value is made minor units once: a second step would multiply it again.
  private mutating func checkAmountsOnce(_ recipe: ValueRecipe, at place: JSONPlace) {
    guard recipe.mostAmountSteps > 1 else { return }
    note(place, "A value goes through two steps \"amount\", each of which makes minor units: keep one of them.")
  }

  /// A currency that is the same for all rows is wrong for all, or for none.
  private mutating func checkCurrency(_ field: Mapping.Field, at place: JSONPlace) {
    guard case .constant(let bytes) = field.recipe.source, field.recipe.steps.isEmpty,
      FieldPath(field.path)?.attribute == .currency
    else { return }
    let code = String(decoding: bytes, as: UTF8.self)
    if CurrencyCode(code).map({ !Currency.isActive($0) }) ?? true {
      note(place, "\"\(code)\" is no currency of ISO 4217, such as ZAR.")
    }
  }

  // MARK: References

  /// A reference must be the same whenever the bill comes again, and must not show who somebody is.
  private mutating func checkReference(_ field: Mapping.Field, _ mapping: Mapping, at place: JSONPlace) {
    guard FieldPath(field.path)?.attribute == .reference else { return }
    let parts = field.recipe.all
    if parts.contains(where: { if case .fileName = $0.source { true } else { false } }) {
      note(place, "A file's name is no source of a reference: the same bill may come again in another file.")
    }
    if field.path == "external_reference", field.recipe.columns.isEmpty,
      !parts.contains(where: { if case .parent = $0.source { true } else { false } })
    {
      note(place, "Every bill would have the same reference: take it from a column.")
    }
    checkIdentity(field.recipe, mapping, isHidden: false, at: place)
  }

  private mutating func checkIdentity(
    _ recipe: ValueRecipe, _ mapping: Mapping, isHidden: Bool, at place: JSONPlace
  ) {
    let isHidden = isHidden || recipe.steps.contains { if case .hmac = $0 { true } else { false } }
    switch recipe.source {
    case .join(let parts, _), .first(let parts):
      for part in parts { checkIdentity(part, mapping, isHidden: isHidden, at: place) }
    case .column, .parent, .header:
      let names = mapping.names(of: recipe.source)
      let telling = names.first { IdentityWords.areIn($0) }
      guard !isHidden, telling != nil || recipe.steps.contains(.identityNumber) else { return }
      note(
        place,
        "\"\(telling ?? names[0])\" says who somebody is, and may be in a reference only behind a step {\"hmac\": …}.")
    default: break
    }
  }

  // MARK: Kinds and control

  private mutating func checkKinds(_ kinds: RecordKinds?, _ place: JSONPlace?) {
    guard let kinds, let place else { return }
    let all =
      kinds.detail + kinds.ignored + [kinds.header, kinds.parent, kinds.trailer].compactMap { $0 }.flatMap(\.values)
    for (index, value) in all.enumerated() where all[..<index].contains(value) {
      note(place, "The value \"\(String(decoding: value, as: UTF8.self))\" tells two kinds.")
    }
  }

  private mutating func checkControl(_ layout: Layout, _ mapping: Mapping?, _ place: JSONPlace?) {
    guard let place else { return }
    for recipe in layout.control.recipes {
      checkSources(recipe, of: layout, mapping, at: place, isField: false)
      for case .phone in recipe.steps { note(place, "A telephone number is nothing to control.") }
      checkAmountsOnce(recipe, at: place)
    }
    for sum in layout.control.sums {
      let isNumber = FieldPath(sum.field).map { $0.attribute.isMoney } ?? false
      if !isNumber { note(place, "The sum of \"\(sum.field)\": only amounts and balances can be summed.") }
      if isNumber, mapping.map({ !$0.fields.contains { $0.path == sum.field } }) ?? false {
        note(place, "The sum of \"\(sum.field)\", which \"fields\" doesn't fill.")
      }
    }
    if mapping == nil, !layout.control.hashTotals.isEmpty || layout.control.sequence != nil {
      note(place, "Hash totals and sequences need \"fields\".")
    }
    for total in layout.control.hashTotals { checkColumn(total.column, layout, mapping, at: place) }
    if let sequence = layout.control.sequence { checkColumn(sequence.column, layout, mapping, at: place) }
  }
}

extension FixedPlace {
  /// A digit that fills a text up and would be taken away at its end, where it may be a number's own.
  fileprivate var digitThatIsCut: Character? {
    guard kind == .text, alignment != .right, padding.count == 1, (0x30...0x39).contains(padding[0]) else { return nil }
    return Character(UnicodeScalar(padding[0]))
  }
}

extension Mapping {
  /// What a column is called: by whoever takes values from it, under `columns`, and in the file.
  fileprivate func names(of source: ValueRecipe.Source) -> [String] {
    switch source {
    case .column(.name(let name)):
      let headings = columns.flatMap { column in
        if column.name == name, case .headings(let headings) = column.place { headings } else { [String]() }
      }
      return [name] + headings
    case .column(.number(let number)):
      return columns.filter { $0.place == .number(number) }.map(\.name) + ["column \(number)"]
    case .parent(let name), .header(let name): return [name]
    default: return []
    }
  }
}

extension ValueRecipe {
  /// How many steps `amount` a value goes through at most, from a source to the end.
  fileprivate var mostAmountSteps: Int {
    let own = steps.count { if case .amount = $0 { true } else { false } }
    switch source {
    case .join(let parts, _), .first(let parts): return own + (parts.map(\.mostAmountSteps).max() ?? 0)
    default: return own
    }
  }
}

extension FieldPath {
  /// The path of the currency that an amount of this owner is in.
  package var currencyPath: String {
    switch owner {
    case .bill: "currency"
    case .customer: "customer.currency"
    case .account: "account.currency"
    case .accountCustomer: "account.customer.currency"
    }
  }
}
