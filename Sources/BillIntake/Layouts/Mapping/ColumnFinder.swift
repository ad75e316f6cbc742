import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Finds the columns that a layout names among those that a file has.
struct ColumnFinder {
  /// Most headings that are told one by one where the layout knows none of them.
  private static let mostOthers = 100

  let layout: Layout
  let mapping: Mapping
  /// The headings; `nil` where the file has none.
  let names: [String]?
  let line: Int
  /// What is wrong with the headings.
  private(set) var findings: [Finding] = []
  private var told: Set<Finding> = []
  /// The file's columns: of a CSV all, of a fixed-width file those that the layout names.
  let sources: [MappingCompiler.Source]
  /// The fields that fixed-width records are cut into, in their order; `nil` for a CSV.
  let fixedFields: [FixedWidthField]?
  private var used: Set<Int> = []
  /// Whether the headings look like a row's values, which are nobody's to see: most are none that the layout names, and one
  /// is a number, a date or an address.
  private let looksLikeRow: Bool
  /// The sources whose hash totals are controlled.
  private(set) var hashColumns: [Int] = []
  /// The source that numbers the bills.
  private(set) var sequenceColumn: Int?

  init(
    layout: Layout, mapping: Mapping, names: [String]?, fieldCount: Int, line: Int, fixed: FixedWidthDialect?
  ) {
    self.layout = layout
    self.mapping = mapping
    self.names = names
    self.line = line
    let wanted = Self.wanted(mapping)
    let known = (names ?? []).count { name in
      FieldCatalog.reasonColumns.contains(name) || wanted.contains { Self.isSame($0, name, layout) }
    }
    looksLikeRow = 2 * known < names?.count ?? 0 && names?.contains(where: HeadingReader.isValue) ?? false
    if looksLikeRow, known == 0, !wanted.isEmpty {
      findings = [HeadingText.absent(names?.count ?? 0, line: line)]
    }
    if let fixed {
      let fields = fixed.fields
      fixedFields = fields
      sources = mapping.columns.compactMap { column in
        guard case .fixed(let place) = column.place, let field = fields.firstIndex(of: place.field) else { return nil }
        return MappingCompiler.Source(name: column.name, field: field, place: place)
      }
    } else {
      fixedFields = nil
      let headings = names ?? (0..<fieldCount).map { "column \($0 + 1)" }
      sources = headings.enumerated().map { MappingCompiler.Source(name: $1, field: $0, place: nil) }
    }
  }

  /// The headings that the layout names.
  private static func wanted(_ mapping: Mapping) -> [String] {
    var wanted: [String] = []
    for column in mapping.columns { if case .headings(let headings) = column.place { wanted += headings } }
    for case .name(let name) in mapping.fields.flatMap(\.recipe.columns)
    where !mapping.columns.contains(where: { $0.name == name }) { wanted.append(name) }
    return wanted
  }

  /// A heading as it is shown.
  private func shown(_ name: String) -> String {
    looksLikeRow ? Masking.shown(name, as: .name) : Masking.cut(name)
  }

  /// How many columns stand before the reason columns at the end.
  var keptSources: Int {
    guard let names else { return sources.count }
    return (names.lastIndex { !FieldCatalog.reasonColumns.contains($0) } ?? -1) + 1
  }

  /// The heading row, where rows like it are passed over.
  var repeatedHeading: [[UInt8]]? {
    guard case .csv(let form) = layout.form, form.skipsRepeatedHeading else { return nil }
    return names?.map { Array($0.utf8) }
  }

  /// The index of a column among the sources; where there is none, a finding says so.
  mutating func find(_ reference: ColumnReference) -> Int? {
    let place = place(of: reference)
    switch place {
    case .fixed:
      guard case .name(let name) = reference else { return nil }
      return sources.firstIndex { $0.name == name }
    case .number(let number):
      if number <= sources.count { return use(number - 1) }
      note(
        .fileHeadingMissing, "\(number)", "There is no column \(number).",
        "The file has \(sources.count) columns by its first row: is the delimiter right?")
      return nil
    case .headings(let headings): return find(headings)
    }
  }

  private mutating func use(_ index: Int) -> Int {
    used.insert(index)
    return index
  }

  /// What a column is called in findings.
  func title(of reference: ColumnReference) -> String {
    switch (reference, place(of: reference)) {
    case (_, .headings(let headings)):
      (names ?? []).first { name in headings.contains { isSame($0, name) } } ?? headings[0]
    case (.name(let name), _): name
    case (.number(let number), _):
      number <= sources.count && !looksLikeRow ? sources[number - 1].name : "column \(number)"
    }
  }

  private func place(of reference: ColumnReference) -> SourceColumn.Place {
    switch reference {
    case .number(let number): .number(number)
    case .name(let name): mapping.columns.first { $0.name == name }?.place ?? .headings([name])
    }
  }

  private mutating func find(_ headings: [String]) -> Int? {
    let found = (names ?? []).indices.filter { index in
      headings.contains { isSame($0, (names ?? [])[index]) }
    }
    if let first = found.first {
      if found.count > 1 {
        note(
          .fileHeadingRepeated, headings[0],
          "Columns \(found.map { "\($0 + 1)" }.joined(separator: " and ")) could both be \"\(Masking.cut(headings[0]))\".",
          "Keep one of them, or give the other one another heading.")
      }
      return use(first)
    }
    let shown = headings.map { "\"\(Masking.cut($0))\"" }.joined(separator: " or ")
    note(
      .fileHeadingMissing, headings[0], "There is no column \(shown), which the layout \(layout.name) needs.",
      whatIsThere(insteadOf: headings[0]))
    return nil
  }

  private func whatIsThere(insteadOf heading: String) -> String {
    let names = names ?? []
    if looksLikeRow {
      return "The file has \(names.count) columns, and its first row looks like a bill's: are there headings?"
    }
    if let near = NearestName.of(heading, among: names) {
      return "The file has \"\(Masking.cut(near))\": add it to the layout's \"columns\" if it is the same."
    }
    let quoted = Masking.cut(names.map { "\"\($0)\"" }.joined(separator: ", "))
    return "The file has \(names.count == 1 ? "1 column" : "\(names.count) columns"): \(quoted)."
  }

  private func isSame(_ wanted: String, _ heading: String) -> Bool { Self.isSame(wanted, heading, layout) }

  private static func isSame(_ wanted: String, _ heading: String, _ layout: Layout) -> Bool {
    if wanted.utf8.elementsEqual(heading.utf8) { return true }
    guard case .csv(let form) = layout.form, form.foldsCase else { return false }
    return wanted.utf8.elementsEqual(heading.utf8) { folded($0) == folded($1) }
  }

  /// The file's columns that the layout names, also where it makes nothing of them: those under "columns", and the one that
  /// tells the kinds of records apart.
  private var named: Set<Int> {
    var named: Set<Int> = []
    for place in mapping.columns.map(\.place) + [mapping.records?.place].compactMap(\.self) {
      switch place {
      case .number(let number): named.insert(number - 1)
      case .headings(let headings):
        let names = names ?? []
        named.formUnion(names.indices.filter { index in headings.contains { isSame($0, names[index]) } })
      case .fixed: continue
      }
    }
    return named
  }

  private static func folded(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte + 0x20 : byte }

  private mutating func note(_ code: FindingCode, _ column: String?, _ message: String, _ hint: String) {
    let shown = column.map { Masking.cut($0) }
    let finding = Finding(code: code, record: 0, line: line, column: shown, value: nil, message: message, hint: hint)
    if told.insert(finding).inserted { findings.append(finding) }
  }

  // MARK: Other columns

  /// The columns that controls look at.
  mutating func findControlColumns() {
    hashColumns = layout.control.hashTotals.compactMap { find($0.column) }
    sequenceColumn = layout.control.sequence.flatMap { find($0.column) }
    rejectOthers()
  }

  /// Fields for the columns that the layout doesn't name, where they are to be metadata.
  mutating func metadataFields(_ catalog: FieldCatalog) -> [Mapping.Field] {
    guard case .csv(let form) = layout.form, form.otherColumns == .metadata else { return [] }
    for recipe in mapping.fields.flatMap({ $0.recipe.columns }) { _ = find(recipe) }
    for total in layout.control.hashTotals { _ = find(total.column) }
    if let sequence = layout.control.sequence { _ = find(sequence.column) }
    used.formUnion(named)
    var fields: [Mapping.Field] = []
    for (index, name) in (names ?? []).enumerated() where isOther(index, name) {
      let path = "metadata.\(name)"
      if mapping.fields.contains(where: { $0.path == path }) { continue }
      if let key = FieldCatalog.markKey(path) {
        findings.append(HeadingText.markKey(path, key: key, line: line))
      } else if let key = catalog.keyFault(path) {
        let heading = "metadata.\(shown(name))"
        findings.append(HeadingText.badKey(heading, key: shown(key.key), fault: key.fault, rule: key.rule, line: line))
      } else {
        fields.append(Mapping.Field(path: path, recipe: ValueRecipe(source: .column(.number(index + 1)))))
      }
    }
    return fields
  }

  private mutating func rejectOthers() {
    guard case .csv(let form) = layout.form, form.otherColumns == .reject else { return }
    used.formUnion(named)
    guard let names else { return rejectOthersByNumber() }
    let others = names.indices.filter { isOther($0, names[$0]) }
    let hint = "Name it in the layout, or take the column out of the file."
    for name in others.prefix(Self.mostOthers).map({ shown(names[$0]) }) {
      note(.fileHeadingUnknown, name, "The layout \(layout.name) doesn't know the heading \"\(name)\".", hint)
    }
    let rest = others.count - Self.mostOthers
    if rest > 0 { note(.fileHeadingUnknown, nil, "Nor does it know the headings of \(rest) more columns.", hint) }
  }

  /// Where there are no headings, a column goes by its number.
  private mutating func rejectOthersByNumber() {
    let others = sources.indices.filter { !used.contains($0) }.map { "\($0 + 1)" }
    guard let first = others.first else { return }
    let listed = others.prefix(Self.mostOthers).joined(separator: ", ")
    note(
      .fileHeadingUnknown, first,
      "The file has \(sources.count) columns, and the layout \(layout.name) doesn't name \(others.count) of them: \(listed).",
      "Name each by its number under \"columns\" in the layout, or take the columns out of the file.")
  }

  private func isOther(_ index: Int, _ name: String) -> Bool {
    !used.contains(index) && !FieldCatalog.reasonColumns.contains(name)
  }
}
