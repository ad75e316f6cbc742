import BillLayouts
import BillModel

/// What a layout says of a file that was read to its end: its kinds of records, its control figures, its bad rows.
struct LayoutVerdict {
  /// What rejects the file as a whole.
  let findings: [Finding]
  /// Where the file stands in its feed's order; `nil` where the layout doesn't say, or the file doesn't tell.
  let position: Int64?

  init(layout: Layout, pass: PassThreads, verdicts: Verdicts, isOfMendedRows: Bool) {
    var findings: [Finding] = []
    var mapper = pass.reading.mapper
    let told = mapper?.problems.count ?? 0
    mapper?.finish()
    findings += (mapper?.problems ?? []).dropFirst(told).map { FileText.kind($0) }
    let stated = StatedValues(
      layout: layout, name: pass.reading.name, header: mapper?.state.header, trailer: mapper?.state.trailer)
    findings += ControlCheck(layout: layout, pass: pass, stated: stated, isOfMendedRows: isOfMendedRows).findings
    position = layout.order.flatMap { stated.position($0) }
    if layout.order != nil, position == nil { findings.append(Self.noPosition) }
    // Of rows to mend any may be bad still: what share of the whole file they are doesn't show.
    let areMended = isOfMendedRows || SourceName(pass.reading.name).isMended
    if let most = layout.rules.badRowsPerMillion, !areMended, pass.taking.recordsRead > 0 {
      let bad = verdicts.rejectedCount
      // Exactly: bad / read > most / 1 000 000.
      if bad * 1_000_000 > most * pass.taking.recordsRead {
        findings.append(Self.badRows(bad, pass.taking.recordsRead, most))
      }
    }
    self.findings = findings
  }

  private static let noPosition = Finding(
    code: .fileOrder, record: 0, line: 0,
    message: "The file doesn't tell its date or sequence where the layout's \"order\" says that it stands.",
    hint: "It is a number of at most 18 digits or a date, YYYY-MM-DD: is it the right file, under its right name?")

  private static func badRows(_ bad: Int, _ read: Int, _ most: Int) -> Finding {
    Finding(
      code: .fileBadRows, record: 0, line: 0,
      message: "\(bad) of \(read) rows are bad, and the layout allows \(percent(most)).",
      hint: "Is it the right file for this layout? Mend the rows, and send the file again.")
  }

  private static func percent(_ millionths: Int) -> String {
    let (whole, rest) = (millionths / 10_000, millionths % 10_000)
    if rest == 0 { return "\(whole)%" }
    var digits = String(rest)
    digits = String(repeating: "0", count: 4 - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    return "\(whole).\(digits)%"
  }
}

extension KindProblem {
  var finding: Finding { FileText.kind(self) }
}
