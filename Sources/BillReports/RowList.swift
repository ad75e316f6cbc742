import BillModel

/// What `rows.csv` of a report has of each row.
package enum RowList: Sendable {
  /// There is no such file.
  case none
  /// What became of it.
  case outcomes
  /// What would become of it, and what says so.
  case plan

  /// The heading row, with its line feed.
  var heading: String {
    switch self {
    case .none: ""
    case .outcomes: "record,line,external_reference,outcome,code,field,message,id,attempts\n"
    case .plan: "record,line,external_reference,operation,outcome,code,field,message,by,requests\n"
    }
  }

  /// Appends the line of a row. Cell by cell into the bytes: a text for each number would take longer than the line.
  func append(_ row: ReportRow, to line: inout [UInt8]) {
    guard self != .none else { return }
    CSVCell.append(row.record, to: &line)
    line.append(0x2C)
    CSVCell.append(row.line, to: &line)
    Self.append(row.reference, to: &line)
    if self == .plan { Self.append(Self.word(row.operation ?? .bill), to: &line) }
    Self.append(row.outcome.rawValue, to: &line)
    Self.append(row.code?.rawValue, to: &line)
    Self.append(row.field, to: &line)
    Self.append(row.message, to: &line)
    Self.append(self == .plan ? row.foreseenBy : row.id, to: &line)
    line.append(0x2C)
    CSVCell.append(row.attempts, to: &line)
    line.append(0x0A)
  }

  /// Appends a cell that isn't the first of its row.
  private static func append(_ cell: String?, to line: inout [UInt8]) {
    line.append(0x2C)
    if let cell { CSVCell.append(cell, to: &line) }
  }

  /// What a plan's row would do.
  private static func word(_ operation: OperationKind) -> String { operation == .bill ? "raise" : operation.rawValue }
}
