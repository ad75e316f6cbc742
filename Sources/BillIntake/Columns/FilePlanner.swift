import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// What the columns of one file mean: from its layout, and from its heading row where it has one.
struct FilePlanner {
  let intake: Intake
  let file: FileReading
  /// Without its folder, and without `.gz`.
  let fileName: String

  enum Outcome {
    /// The mapping is `nil` where each heading is the path of a field.
    case plan(RowPlan, MappingPlan?)
    /// The file can't be read under these headings.
    case rejected([Finding])
  }

  /// How many fields a bill's record has in a file without headings: as many as the first bill, where records of other
  /// kinds stand before it; where there is none in the batch, as many as the layout names.
  func fieldCount(_ batch: borrowing RecordBatch, _ first: RecordSpan) -> Int {
    guard case .mapped(let mapping) = intake.layout.columns, let records = mapping.records,
      case .number(let number) = records.place
    else { return Int(first.fieldCount) }
    for record in batch.records where record.fieldCount >= number {
      let kind = batch.bytes(of: batch.fields(of: record)[number - 1])
      if records.detail.contains(where: { kind.elementsEqual($0) }) { return Int(record.fieldCount) }
    }
    let named = mapping.columns.map { if case .number(let number) = $0.place { number } else { 0 } }
    return (named + [number]).max() ?? number
  }

  /// - Parameters:
  ///   - names: The headings; `nil` where the file has none.
  ///   - fieldCount: How many fields a bill's record has.
  func plan(names: [String]?, fieldCount: Int, line: Int) throws(SchemaError) -> Outcome {
    guard case .mapped(let mapping) = intake.layout.columns else {
      let reader = HeadingReader(
        catalog: intake.catalog, operation: intake.layout.operation, rules: intake.layout.rules,
        variants: intake.variants)
      switch try reader.read(names ?? [], line: line) {
      case .plan(let plan): return .plan(plan.on(intake.options.today), nil)
      case .rejected(let findings): return .rejected(findings)
      }
    }
    let compiler = MappingCompiler(
      layout: intake.layout, mapping: mapping, catalog: intake.catalog,
      fileName: intake.layout.fileName?.values(in: fileName) ?? [:], file: file, variants: intake.variants)
    switch try compiler.compile(names: names, fieldCount: fieldCount, line: line) {
    case .compiled(let compiled): return .plan(compiled.plan.on(intake.options.today), compiled.mapping)
    case .rejected(let findings): return .rejected(findings)
    }
  }
}
