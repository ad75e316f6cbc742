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

  func cells(_ row: ReportRow) -> [String] {
    let place = [String(row.record), String(row.line), row.reference]
    let end = [row.outcome.rawValue, row.code?.rawValue ?? "", row.field ?? "", row.message ?? ""]
    switch self {
    case .none: return []
    case .outcomes: return place + end + [row.id ?? "", String(row.attempts)]
    case .plan: return place + [Self.word(row.operation ?? .bill)] + end + [row.foreseenBy ?? "", String(row.attempts)]
    }
  }

  /// What a plan's row would do.
  private static func word(_ operation: OperationKind) -> String { operation == .bill ? "raise" : operation.rawValue }
}
