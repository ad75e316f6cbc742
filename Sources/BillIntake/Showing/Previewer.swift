import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// Finds the first record of each kind, and what the layout makes of the first bill.
struct Previewer {
  private let intake: Intake
  private let file: FileReading
  private let planner: FilePlanner
  var preview = FilePreview()
  private var plan: RowPlan?
  private var counting = ColumnCounting()
  private var mapping: MappingPlan?
  private var mapper: RecordMapper?
  private var missing: Set<KindPlan.Kind> = [.detail]
  private var header: [[UInt8]] = []
  private var parent: [[UInt8]] = []
  private var sawRecord = false

  init(intake: Intake, file: FileReading, name: SourceName) {
    self.intake = intake
    self.file = file
    planner = FilePlanner(intake: intake, file: file, name: name)
    if case .mapped(let mapping) = intake.layout.columns, let records = mapping.records {
      if case .fixed(let place) = records.place { preview.kindPlace = place }
      if records.header != nil { missing.insert(.header) }
      if records.parent != nil { missing.insert(.parent) }
      if records.trailer != nil { missing.insert(.trailer) }
    }
  }

  var hasPlan: Bool { plan != nil }

  /// Looks at a batch; `false` where nothing is left to look for.
  mutating func look(at batch: inout RecordBatch) throws(IntakeError) -> Bool {
    guard let first = batch.records.first else { return true }
    sawRecord = true
    if plan == nil || counting.awaitsBill {
      try prepare(batch, first)
      guard plan != nil, !missing.isEmpty else { return false }
    }
    let bill = dissect(&batch)
    if bill != nil || missing.contains(.detail) { mapper?.map(&batch) }
    if let bill { add(bill, batch) }
    return !missing.isEmpty
  }

  /// Ends the looking, where the input ended or all was found.
  mutating func finish(byteCount: Int64) {
    preview.records.sort { $0.line < $1.line }
    if !sawRecord, preview.findings.isEmpty { preview.findings.append(FileText.empty(byteCount: byteCount, file.form)) }
    if sawRecord, missing.contains(.header) { preview.findings.append(FileText.kind(.headerMissing)) }
    if sawRecord, missing.contains(.trailer) { preview.findings.append(FileText.kind(.trailerMissing)) }
  }

  private mutating func prepare(_ batch: borrowing RecordBatch, _ first: RecordSpan) throws(IntakeError) {
    var names: [String]?
    if first.number == 0 {
      if let fault = batch.faults.first, fault.record == 0 {
        return preview.findings.append(FileText.heading(fault, file.form, isOfLine: !batch.knowsPlaces))
      }
      names = batch.fields(of: first).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
    }
    guard let count = names?.count ?? count(batch, first) else { return }
    do throws(SchemaError) {
      switch try planner.plan(names: names, fieldCount: count, line: first.line) {
      case .plan(let plan, let mapping):
        self.plan = plan
        self.mapping = mapping
        let before = mapper
        mapper = RowReading(file: file, mapping: mapping, keys: intake.layout.keys).mapper()
        if let before, let mapping { mapper = before.goingOn(by: mapping) }
        preview.unusedColumns = Self.unused(plan)
      case .rejected(let findings):
        preview.findings += findings
        missing = []
      }
    } catch { throw .schema(error) }
  }

  /// How many columns a file without headings has; `nil` where a plan for as many is there, or there can be none.
  private mutating func count(_ batch: borrowing RecordBatch, _ first: RecordSpan) -> Int? {
    switch counting.step(planner, batch, first) {
    case .plan(let count): return count
    case .stands: return nil
    case .rejected(let finding):
      preview.findings.append(finding)
      missing = []
      return nil
    }
  }

  private static func unused(_ plan: RowPlan) -> [String] {
    guard let mapped = plan.mapped else { return [] }
    let used = Set(mapped.origins.joined()).union(mapped.hashColumns).union([mapped.sequenceColumn].compactMap { $0 })
    return plan.columns.indices.dropFirst(mapped.targetCount)
      .filter { !used.contains($0) && !FieldCatalog.reasonColumns.contains(plan.columns[$0].heading) }
      .map { plan.columns[$0].heading }
  }

  // MARK: Records as they stand

  /// The first bill of a batch.
  private struct FirstBill {
    /// Its place among the records that stay when the batch is mapped.
    let place: Int
    let units: [String]
    let columns: [FilePreview.Column]
    let header: [[UInt8]]
    let parent: [[UInt8]]
  }

  /// Keeps the first record of each kind; of a bill what it is before it is mapped.
  private mutating func dissect(_ batch: inout RecordBatch) -> FirstBill? {
    var bill: FirstBill?
    var kept = 0
    let names = plan.map { $0.columns.dropFirst($0.mapped?.targetCount ?? 0).map(\.heading) } ?? []
    for index in 0..<batch.records.count where !missing.isEmpty {
      let record = batch.records[index]
      guard record.number > 0, record.fieldCount > 0 else {
        kept += 1
        parent = []
        continue
      }
      let (kind, columns) = mapper?.dissect(record, &batch, names: names) ?? (.detail, [])
      let texts = columns.map { Array(batch.bytes(of: $0.span)) }
      if kind == .header { header = texts }
      if kind == .parent || kind == .unknown { parent = texts }
      if kind == .detail || kind == .unknown { kept += 1 }
      let isFirstUnknown = kind == .unknown && !preview.records.contains { $0.kind == .unknown }
      guard missing.remove(kind) != nil || isFirstUnknown else { continue }
      let units = RecordCharacters(file: file).units(batch.rawBytes(of: record))
      let shown = zip(columns, texts).map {
        FilePreview.Column(
          name: $0.name, place: $0.place, text: String(decoding: $1, as: UTF8.self), isReadable: $0.isReadable)
      }
      if kind == .detail {
        bill = FirstBill(place: kept - 1, units: units, columns: shown, header: header, parent: parent)
      } else {
        preview.records.append(
          FilePreview.Record(
            kind: kind, line: record.line, units: units, columns: shown, fields: [],
            findings: kind == .unknown ? [unknown(record)] : []))
      }
    }
    return bill
  }

  private func unknown(_ record: RecordSpan) -> Finding {
    let words = FindingText.unknownKind
    return Finding(
      code: .recordKind, record: record.number, line: record.line, message: words.message, hint: words.hint)
  }

  // MARK: The bill

  private mutating func add(_ bill: FirstBill, _ batch: borrowing RecordBatch) {
    guard let plan, bill.place < batch.records.count else { return }
    let record = batch.records[bill.place]
    let checker = RowChecker(plan: plan, fingerprints: intake.fingerprints)
    var results = RowResults()
    checker.check(batch, count: bill.place + 1, mapping: mapper?.faults ?? [], into: &results)
    let drafts = results.drafts.filter { Int($0.record) == record.number }
    let text = FindingText(plan: plan, dialect: file.dialect)
    let found = drafts.map { (column: $0.column, finding: text.finding($0), cause: $0.cause) }
    let cells = RowCells(batch, record)
    let texts = cells.fields.indices.map { Array(cells[$0]) }
    var told: Set<Int> = []
    let fields = order(plan).map { column -> FilePreview.Field in
      let own = found.indices.filter { found[$0].column == column }
      told.formUnion(own)
      let isUnmade = own.contains { index in
        if case .conversion = found[index].cause { found[index].finding.severity == .error } else { false }
      }
      let text = column < texts.count ? texts[column] : []
      return FilePreview.Field(
        path: plan.columns[column].path?.description ?? plan.columns[column].heading,
        trace: trace(column, texts, bill, plan),
        value: isUnmade || text.isEmpty ? nil : String(decoding: text, as: UTF8.self),
        findings: own.map { found[$0].finding })
    }
    preview.records.append(
      FilePreview.Record(
        kind: .detail, line: record.line, units: bill.units, columns: bill.columns, fields: fields,
        findings: found.indices.filter { !told.contains($0) }.map { found[$0].finding }))
  }

  /// The columns that fill fields, in the layout's order.
  private func order(_ plan: RowPlan) -> [Int] { plan.shownColumns(intake.layout) }

  private func trace(_ column: Int, _ texts: [[UInt8]], _ bill: FirstBill, _ plan: RowPlan) -> ValueTrace {
    guard let mapping, let mapped = plan.mapped, column < mapping.targets.count else {
      return ValueTrace(
        ValueRecipe(source: .column(.name(plan.columns[column].heading))),
        ValueProgram(source: .cell(column), steps: [], region: nil),
        .init(cells: texts, header: [], parent: [], exponent: nil, codes: KeyedCodes([:])))
    }
    let target = mapping.targets[column]
    let currency = target.currency.flatMap { $0 < texts.count ? String(decoding: texts[$0], as: UTF8.self) : nil }
    return ValueTrace(
      mapped.recipes[column], target.program,
      .init(
        cells: Array(texts.dropFirst(mapped.targetCount)), header: bill.header, parent: bill.parent,
        exponent: currency.flatMap { CurrencyCode($0) }.flatMap { Currency.exponent(of: $0) },
        codes: KeyedCodes(intake.layout.keys.values)))
  }
}
