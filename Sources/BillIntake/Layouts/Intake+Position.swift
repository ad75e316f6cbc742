import BillLayouts
import BillModel
import SchemaRules
import Tabular

extension Intake {
  /// The date or the sequence by which a file goes in its feed's order, as the layout's "order" finds it in the file's
  /// name and its header; `nil` where it says none that can be read. Reads no further than the header.
  ///
  /// - Parameter isCancelled: Asked while nothing comes from a pipe; after a yes nothing is read.
  /// - Throws: `IntakeError.input` where the input can't be opened or read.
  package func position(
    of input: IntakeInput, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(IntakeError) -> String? {
    guard let recipe = layout.order, recipe.isToldByTheHead else { return nil }
    let header = recipe.looksAtTheHeader ? try header(of: input, isCancelled) : nil
    return StatedValues(layout: layout, name: input.name, header: header, trailer: nil).positionText(recipe)
  }

  /// The values of the header record; `nil` where a bill stands before it, or there is none.
  private func header(
    of input: IntakeInput, _ isCancelled: @escaping @Sendable () -> Bool
  ) throws(IntakeError) -> [[UInt8]]? {
    var records = try ShownRecords(self, input, isCancelled: isCancelled)
    var batch = RecordBatch()
    var mapper: RecordMapper?
    while let findings = try records.next(into: &batch) {
      guard findings.isEmpty else { return nil }
      if mapper == nil, let first = batch.records.first {
        mapper = try self.mapper(batch, first, records)
        if mapper == nil { return nil }
      }
      mapper?.map(&batch)
      if let header = mapper?.state.header { return header }
      if batch.records.contains(where: { $0.number > 0 }) { return nil }
    }
    return nil
  }

  private func mapper(
    _ batch: borrowing RecordBatch, _ first: RecordSpan, _ records: borrowing ShownRecords
  ) throws(IntakeError) -> RecordMapper? {
    let planner = FilePlanner(intake: self, file: records.file, name: records.name)
    var names: [String]?
    if first.number == 0 {
      names = batch.fields(of: first).map { String(decoding: batch.bytes(of: $0), as: UTF8.self) }
    }
    do throws(SchemaError) {
      // Of a header no bill's columns are wanted.
      let count = names?.count ?? layout.allColumns ?? layout.neededColumns
      guard case .plan(_, let mapping) = try planner.plan(names: names, fieldCount: count, line: first.line) else {
        return nil
      }
      return RowReading(file: records.file, mapping: mapping, keys: layout.keys).mapper()
    } catch { throw .schema(error) }
  }
}

extension IntakeInput {
  /// What the input is called: its path, or the name that it came with.
  fileprivate var name: String {
    switch self {
    case .file(let path), .filtered(let path, _): path
    case .arriving(let file): file.path
    case .standardInput: ""
    case .memory(_, let name): name
    }
  }
}
