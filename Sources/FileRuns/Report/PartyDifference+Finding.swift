import BillModel
import BillReports

extension PartyDifference {
  /// The finding that it makes, at the row that showed it. Tells fields and no values: those are personal.
  func finding(at row: ReportRow, isOnAccount: Bool) -> Finding {
    let path = party.kind == .customer && isOnAccount ? "account.customer" : party.kind.rawValue
    return Finding(
      code: code, severity: .warning, record: record, line: row.line,
      column: "\(path).\(fields.first ?? "external_reference")", message: words, hint: hint)
  }

  private var code: FindingCode {
    switch state {
    case .left: .partyDiffers
    case .changed: .partyUpdated
    case .changing, .refused: .partyNotUpdated
    }
  }

  private var words: String {
    let named = "\(party.kind.rawValue) \(Masking.shown(party.reference))"
    let list = fields.map { Masking.shown($0) }.joined(separator: ", ")
    let reason = message.map { Masking.mask($0, as: .foreign) } ?? ""
    return switch state {
    case .left where fields.isEmpty: "The \(named) was not compared with the API: \(reason)."
    case .left where message != nil:
      "The \(named) was to be changed at the API (\(list)), and what became of that is not known: \(reason)."
    case .left: "The \(named) has other values at the API than this row: \(list)."
    case .changed: "The \(named) was changed at the API: \(list)."
    case .refused: "The \(named) was to be changed at the API (\(list)), and has not this row's values: \(reason)."
    case .changing where fields.isEmpty: "The \(named) could not be compared with the API yet."
    case .changing: "The \(named) was to be changed at the API (\(list)), and what became of that is not known yet."
    }
  }

  private var hint: String {
    switch state {
    case .left where message != nil && !fields.isEmpty: "Compare both, and change what is wrong."
    case .left where fields.isEmpty:
      "Nothing is to be done where the API has what is newer than this row; else send a file with the row."
    case .left: "Submit with --update-parties to change such parties at the API, or mend the file."
    case .changed: "Nothing is to be done: --update-parties asked for it."
    case .changing where fields.isEmpty: "Submit the same file again with --update-parties: it is compared then."
    case .changing: "Run the same command again: it finds out."
    case .refused: "Compare both, and change what is wrong."
    }
  }
}
