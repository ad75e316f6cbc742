package import BillModel
package import BillReports

extension CompareResult {
  /// A comparison as JSON (`schemas/diff.schema.json`).
  package func json(_ comparison: FileComparison, indents: Bool) -> JSONText {
    var json = JSONText(indents: indents)
    json.object { json in
      json.string("command", "diff")
      comparison.write(&json)
      json.array("examples") { list in
        for change in examples { list.object { Self.write(change, &$0) } }
      }
      json.seconds("seconds", seconds)
      if let reportFolder { json.string("report", reportFolder) }
    }
    return json
  }

  private static func write(_ change: FileChange, _ json: inout JSONText) {
    json.string("change", change.kind.rawValue)
    json.string("external_reference", change.reference)
    if let record = change.oldRecord { json.integer("old_record", record) }
    if let record = change.newRecord { json.integer("new_record", record) }
    guard !change.fields.isEmpty else { return }
    json.array("fields") { list in
      for field in change.fields {
        list.object {
          $0.string("field", field.path)
          $0.string("old", field.shownOld)
          $0.string("new", field.shownNew)
        }
      }
    }
  }
}
