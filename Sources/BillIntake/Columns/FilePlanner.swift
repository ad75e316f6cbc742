import BillLayouts
import BillModel
import SchemaRules
import Tabular

/// What the columns of one file mean: from its layout, and from its heading row where it has one.
struct FilePlanner {
  let intake: Intake
  let file: FileReading
  let name: SourceName

  enum Outcome {
    /// The mapping is `nil` where each heading is the path of a field.
    case plan(RowPlan, MappingPlan?)
    /// The file can't be read under these headings.
    case rejected([Finding])
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
      fileName: intake.layout.fileName?.values(in: name.plain) ?? [:], file: file, variants: intake.variants)
    switch try compiler.compile(names: names, fieldCount: fieldCount, line: line) {
    case .compiled(let compiled): return .plan(compiled.plan.on(intake.options.today), compiled.mapping)
    case .rejected(let findings): return .rejected(findings)
    }
  }
}
