import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Makes a layout ready for one file: finds its columns, and says what is missing.
struct MappingCompiler {
  let layout: Layout
  let mapping: Mapping
  let catalog: FieldCatalog
  /// The named groups of the file's name.
  let fileName: [String: String]
  let file: FileReading
  var variants: [RowVariant] = []

  /// A file's plan.
  struct Compiled {
    let plan: RowPlan
    let mapping: MappingPlan
  }

  enum Outcome {
    case compiled(Compiled)
    case rejected([Finding])
  }

  /// A column of the file.
  struct Source {
    let name: String
    /// Its place among a record's fields, from 0.
    let field: Int
    let place: FixedPlace?
  }

  /// - Parameters:
  ///   - names: The headings; `nil` where the file has none.
  ///   - fieldCount: How many fields the first record has, for a CSV without a heading row.
  /// - Throws: `SchemaError` as `RowPlan` does.
  func compile(names: [String]?, fieldCount: Int, line: Int) throws(SchemaError) -> Outcome {
    var finder = ColumnFinder(
      layout: layout, mapping: mapping, names: names, fieldCount: fieldCount, line: line, fixed: fixed)
    var fields = mapping.fields
    fields += finder.metadataFields(catalog)
    // A currency stands before the amounts that are in it.
    fields = fields.filter { $0.path.hasSuffix("currency") } + fields.filter { !$0.path.hasSuffix("currency") }
    var targets: [MappingPlan.Target] = []
    var columns: [ColumnPlan] = []
    let places = Dictionary(fields.enumerated().map { ($1.path, $0) }, uniquingKeysWith: { first, _ in first })
    for field in fields {
      guard let found = catalog.field(field.path) else { continue }
      let program = program(field.recipe, &finder)
      targets.append(
        MappingPlan.Target(
          program: program,
          currency: found.path.currencyPath == field.path ? nil : places[found.path.currencyPath],
          isIdentifier: Self.isIdentifier(found.path.attribute) && !program.columns.isEmpty))
      columns.append(
        ColumnPlan(heading: title(field, finder), rules: found.rules, path: found.path, bit: columns.count))
    }
    finder.findControlColumns()
    guard finder.findings.isEmpty else { return .rejected(finder.findings) }
    if columns.count > ColumnSet.capacity {
      return .rejected([HeadingText.tooMany(columns.count, limit: ColumnSet.capacity, line: line)])
    }
    let mapped = mappedColumns(targets, fields, finder)
    columns += finder.sources.map { ColumnPlan(heading: $0.name, rules: nil, path: nil, bit: 0) }
    return .compiled(
      Compiled(
        plan: try RowPlan(
          layout.operation, columns: columns, schema: catalog.schema, mapped: mapped, rules: layout.rules,
          variants: variants),
        mapping: plan(targets, finder)))
  }

  private var fixed: FixedWidthDialect? { if case .fixedWidth(let dialect) = file.form { dialect } else { nil } }

  private func plan(_ targets: [MappingPlan.Target], _ finder: ColumnFinder) -> MappingPlan {
    MappingPlan(
      targets: targets, fieldCount: finder.fixedFields == nil ? finder.sources.count : nil,
      sources: finder.sources.map(\.field),
      cuttings: finder.fixedFields == nil ? [] : finder.sources.map(\.place),
      kinds: mapping.records.map { KindPlan($0, fixedFields: finder.fixedFields) },
      repeatedHeading: finder.repeatedHeading, table: file.table, countsCharacters: fixed?.unit == .characters,
      rowPrefix: file.rowPrefix)
  }

  private func mappedColumns(
    _ targets: [MappingPlan.Target], _ fields: [Mapping.Field], _ finder: ColumnFinder
  ) -> MappedColumns {
    var columnOfField = [Int?](repeating: nil, count: finder.fixedFields?.count ?? finder.sources.count)
    for (index, source) in finder.sources.enumerated() { columnOfField[source.field] = targets.count + index }
    return MappedColumns(
      targetCount: targets.count, sourceCount: finder.sources.count, keptSources: finder.keptSources,
      countedBy: finder.names != nil ? .heading : layout.statesColumns ? .layout : .firstBill,
      origins: targets.map { $0.program.columns.map { targets.count + $0 } }, recipes: fields.map(\.recipe),
      hashColumns: finder.hashColumns.map { targets.count + $0 },
      sequenceColumn: finder.sequenceColumn.map { targets.count + $0 },
      columnOfField: columnOfField)
  }

  private static func isIdentifier(_ attribute: FieldPath.Attribute) -> Bool {
    switch attribute {
    case .reference, .paymentReference, .id, .phone, .metadata: true
    case .operation, .currency, .amountDue, .amountPaid, .paymentAmount, .billDate, .dueDate, .name, .email, .balance:
      false
    }
  }

  /// What a field is called in findings: the columns that it comes from.
  private func title(_ field: Mapping.Field, _ finder: ColumnFinder) -> String {
    let names = field.recipe.all.compactMap { part -> String? in
      switch part.source {
      case .column(let reference): finder.title(of: reference)
      case .header(let name), .parent(let name): name
      default: nil
      }
    }
    return names.isEmpty ? field.path : names.joined(separator: " + ")
  }

  private func program(_ recipe: ValueRecipe, _ finder: inout ColumnFinder) -> ValueProgram {
    let source: ValueProgram.Source
    switch recipe.source {
    case .column(let reference): source = finder.find(reference).map { .cell($0) } ?? .literal([])
    case .constant(let value): source = .literal(value)
    case .fileName(let group): source = .literal(Array((fileName[group] ?? "").utf8))
    case .header(let name):
      source = mapping.records?.header?.columns.firstIndex { $0.name == name }.map { .header($0) } ?? .literal([])
    case .parent(let name):
      source = mapping.records?.parent?.columns.firstIndex { $0.name == name }.map { .parent($0) } ?? .literal([])
    case .join(let parts, let separator):
      source = .join(parts.map { program($0, &finder) }, separator: separator)
    case .first(let parts): source = .first(parts.map { program($0, &finder) })
    case .trailer, .sideFile: source = .literal([])
    }
    return ValueProgram(source: source, steps: recipe.steps, region: region(recipe.steps))
  }

  private func region(_ steps: [ConversionStep]) -> PhoneRegion? {
    for case .phone(.fileName(let group)) in steps { return PhoneRegion((fileName[group] ?? "").uppercased()) }
    return nil
  }
}
