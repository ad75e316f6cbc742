import BillModel
import BillReports
import FileRuns
import SubmitPass

/// What `billdrop settle --look` has to say of one file.
struct LookAnswer {
  let file: String
  /// In the file's order.
  var rows: [LookedRow] = []
  /// Why not all rows were asked about.
  var stop: SubmitStop?
  var fault: RunFault?

  init(file: String) { self.file = file }

  var status: ExitStatus {
    if let fault { return ExitStatus(fault) }
    switch stop {
    case .unauthorised: return .key
    case .unreachable, .untrusted, .noSuchPath: return .unreachable
    case .finished, .interrupted, .pausedTooLong, .throttledTooLong, .fileChanged, .tooManyRefused, .refusedInARow,
      .quietHours, .dayIsSpent, .dayIsTooSmall, .strayed, .canaryDiffers, .canaryWaits:
      return .stopped
    case nil: break
    }
    if rows.contains(where: { $0.outcome == .unknown }) { return .stopped }
    return rows.contains { $0.outcome == .conflict } ? .someRejected : .accepted
  }

  /// Whether the files after this one must wait.
  var endsRun: Bool {
    if case .intake = fault { return false }
    return fault != nil || stop != nil
  }

  /// Prints answers as text, in their order, or as one JSON object; returns the gravest status.
  ///
  /// - Parameter most: How many rows of each file are shown; `nil`: a screenful.
  static func print(_ answers: [LookAnswer], asJSON: Bool, most: Int?) -> ExitStatus {
    for answer in answers {
      if let fault = answer.fault { Console.message("billdrop: \(answer.file): \(fault.explanationForReading)") }
      if let reason = answer.stop?.reason { Console.message("billdrop: \(answer.file): \(reason)") }
    }
    let isTold = Console.answer(asJSON ? jsonText(answers) + "\n" : answers.map { $0.text(most ?? usualRows) }.joined())
    return ExitStatus.gravest(answers.map(\.status) + (isTold ? [] : [.inputOutput]))
  }

  private static let usualRows = 20

  private func text(_ most: Int) -> String {
    if fault != nil { return "" }
    let name = Masking.printable(file)
    if rows.isEmpty, stop == nil { return "\(name): no row is unknown\n" }
    let lines = rows.prefix(most).map { row in
      let verdict = row.outcome == .unknown ? "stays unknown" : "would be \(row.outcome.rawValue)"
      let id = row.id.map { " (\($0))" } ?? ""
      return "  record \(row.record), \(row.reference): \(verdict)\(id)\(row.message.map { ": \($0)" } ?? "")\n"
    }
    let left = rows.count - lines.count
    let rest =
      left > 0 ? "  … and \(MoneyText.count(left)) more (--max-issues N shows more, --format json all of them)\n" : ""
    return
      "\(name): looked at \(MoneyText.count(rows.count)) unknown \(rows.count == 1 ? "row" : "rows"), nothing written\n"
      + sums.joined() + lines.joined() + rest
  }

  /// How many rows there are of each decision, with their money.
  private var sums: [String] {
    RowOutcome.allCases.compactMap { outcome in
      let rows = self.rows.filter { $0.outcome == outcome }
      guard !rows.isEmpty else { return nil }
      var money: [CurrencyCode: Int64] = [:]
      for row in rows {
        guard let amount = row.amount, let currency = row.currency else { continue }
        money[currency] = (money[currency] ?? 0).addingClamped(amount)
      }
      let amounts = money.sorted { $0.key < $1.key }.map { "\(MoneyText.major($0.value, $0.key)) \($0.key)" }
      let verdict =
        outcome == .unknown ? rows.count == 1 ? "stays unknown" : "stay unknown" : "would be \(outcome.rawValue)"
      return "  \(MoneyText.count(rows.count)) \(([verdict] + amounts).joined(separator: ", "))\n"
    }
  }

  private static func jsonText(_ answers: [LookAnswer]) -> String {
    var json = JSONText()
    if answers.count == 1 {
      json.object { answers[0].write(&$0) }
    } else {
      json.object { json in
        json.array("files") { list in for answer in answers { list.object { answer.write(&$0) } } }
      }
    }
    return json.text
  }

  private func write(_ json: inout JSONText) {
    json.string("command", "settle --look")
    json.object("file") { $0.string("name", file) }
    if let fault {
      json.object("error") {
        $0.integer("exit", ExitStatus(fault).rawValue)
        $0.string("message", fault.explanationForReading)
      }
      return
    }
    if let reason = stop?.reason { json.string("reason", reason) }
    json.array("rows") { list in
      for row in rows {
        list.object { json in
          json.integer("record", row.record)
          json.string("external_reference", row.reference)
          json.string("outcome", row.outcome.rawValue)
          if let id = row.id { json.string("id", id) }
          if let message = row.message { json.string("message", message) }
        }
      }
    }
  }
}
