import BillModel
import BillReports
import FileRuns

/// What reading a file's objects back has shown, for people and for programs.
struct ReadBackText {
  let verification: Verification
  let screen: Screen

  /// Most differences that are shown to people.
  private static let mostShown = 20

  var text: String {
    let (sign, colour) = mark
    var lines = TextLines.wrap(
      "\(Masking.oneLine(verification.fileName)): \(headline)", to: screen.columns, first: "\(sign) ",
      margin: "  ")
    lines[0] =
      screen.paint(String(lines[0].prefix(1)), colour)
      + screen.paint(String(lines[0].dropFirst()), "1")
    for difference in verification.differences.prefix(Self.mostShown) {
      let words = difference.fields.map(Self.words).joined(separator: "; ")
      lines += TextLines.wrap(
        "record \(difference.record), \(Masking.oneLine(difference.reference)): \(words)", to: screen.columns,
        first: "  ✗ ", margin: "    ")
    }
    let hidden = verification.different - min(verification.differences.count, Self.mostShown)
    if hidden > 0 { lines.append("  … and \(MoneyText.count(hidden)) more; --format json lists the first 1,000") }
    if verification.takenBack > 0 { lines += entry("back", takenBack) }
    lines += entry("rows", rows)
    for (currency, sums) in verification.sums.sorted(by: { $0.key < $1.key }) {
      lines += entry(currency.description, money(sums, currency))
    }
    if let trouble = verification.trouble {
      lines += entry("unread", "\(MoneyText.count(verification.unread)); the last: \(trouble)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private var mark: (sign: String, colour: String) {
    if !verification.isRight, !verification.provesNothing || verification.open > 0 { return ("✗", "1;31") }
    return verification.read == 0 ? ("!", "1;33") : ("✓", "1;32")
  }

  private var headline: String {
    if let reason = verification.stopReason { return "not read to its end. \(reason)" }
    if verification.different > 0 {
      return "\(MoneyText.count(verification.different)) of \(MoneyText.count(verification.read)) read back differ"
    }
    if verification.unread > 0 { return "some rows couldn't be read back" }
    if verification.open > 0 {
      let count = MoneyText.count(verification.open)
      return "\(count) \(verification.open == 1 ? "row is" : "rows are") not through: billdrop submit goes on with them"
    }
    if verification.accepted == 0 {
      return "nothing is there to be read back: " + (others ?? "it has no rows")
    }
    if verification.read == 0 { return "nothing was read back" }
    let count = MoneyText.count(verification.read)
    if case .from(let record) = verification.part, verification.before > 0 {
      return "\(count) read back from record \(record) on, all as they should be"
    }
    return verification.read < verification.accepted
      ? "\(count) read back as a sample, all as they should be" : "all read back, all as they should be"
  }

  private var takenBack: String {
    let count = MoneyText.count(verification.takenBack)
    return "a request whose answer was lost landed late, and took back what \(count) "
      + "\(verification.takenBack == 1 ? "row" : "rows") added: billdrop settle puts it right, of the file whose row was "
      + "added last"
  }

  private var rows: String {
    let parts = [
      "\(MoneyText.count(verification.same)) the same",
      part(verification.paidSince, "paid further since"), part(verification.changedSince, "changed by a later row"),
      part(verification.different, "different"),
    ]
    let before = part(verification.before, "before it").map { "; \($0)" } ?? ""
    let read = "\(MoneyText.count(verification.read)) of \(MoneyText.count(verification.accepted)) read back = "
    let rest = verification.others
    let others =
      rest > 0
      ? "; \(MoneyText.count(rest)) \(rest == 1 ? "has" : "have") nothing to read" + (others.map { ": \($0)" } ?? "")
      : ""
    return read + parts.compactMap { $0 }.joined(separator: " + ") + before + others
  }

  /// How the rows ended of which there is nothing to read; `nil` where no end is known.
  private var others: String? {
    let ends = RowOutcome.allCases.compactMap { outcome in
      verification.endedOtherwise[outcome].flatMap { part($0, outcome.words) }
    }
    return ends.isEmpty ? nil : ends.joined(separator: " + ")
  }

  private func part(_ count: Int, _ words: String) -> String? {
    count > 0 ? "\(MoneyText.count(count)) \(words)" : nil
  }

  private func money(_ sums: Verification.Sums, _ currency: CurrencyCode) -> String {
    let parts = [("due", sums.due), ("paid", sums.paid), ("balances", sums.balance)]
    return parts.filter { $0.1.file != 0 || $0.1.api != 0 }.map { name, pair in
      "\(name) \(MoneyText.major(pair.file, currency)) by the file, \(MoneyText.major(pair.api, currency)) by the API"
    }.joined(separator: "; ")
  }

  private static func words(_ field: Verification.Field) -> String {
    switch (field.asked, field.found) {
    case (let asked?, let found?): "\(field.name) \(found), and the row says \(asked)"
    case (let asked?, nil): "\(field.name) is not there, and the row says \(asked)"
    case (nil, _): "\(field.name) differs"
    }
  }

  private func entry(_ name: String, _ text: String) -> [String] {
    let title = "  " + name + String(repeating: " ", count: max(1, 9 - TextWidth.of(name)))
    return TextLines.wrap(text, to: screen.columns, first: title, margin: String(repeating: " ", count: 11))
  }
}

extension ReadBackText {
  var json: JSONText {
    var json = JSONText()
    json.object { json in
      json.string("command", "verify")
      json.boolean("verified", verification.isRight)
      json.object("file") {
        $0.string("name", verification.fileName)
        $0.string("digest", verification.digest)
      }
      if let reason = verification.stopReason { json.string("reason", reason) }
      if let goesOn = verification.goesOn { json.integer("goes_on", goesOn) }
      json.object("rows") {
        $0.integer("accepted", verification.accepted)
        $0.integer("others", verification.others)
        $0.integer("open", verification.open)
        $0.integer("before", verification.before)
        $0.integer("read", verification.read)
        $0.integer("same", verification.same)
        $0.integer("paid_since", verification.paidSince)
        $0.integer("changed_since", verification.changedSince)
        $0.integer("different", verification.different)
        $0.integer("taken_back", verification.takenBack)
        $0.integer("unread", verification.unread)
      }
      json.object("money") { json in
        for (currency, sums) in verification.sums.sorted(by: { $0.key < $1.key }) {
          json.object(currency.description) { json in
            for (name, pair) in [("due", sums.due), ("paid", sums.paid), ("balance", sums.balance)] {
              json.object(name) {
                $0.integer("file", pair.file)
                $0.integer("api", pair.api)
              }
            }
          }
        }
      }
      json.array("differences") { list in
        for difference in verification.differences { list.object { write(difference, to: &$0) } }
      }
      json.integer("requests", verification.requests)
      json.seconds("seconds", verification.seconds)
    }
    return json
  }

  private func write(_ difference: Verification.Difference, to json: inout JSONText) {
    json.integer("record", difference.record)
    json.string("external_reference", difference.reference)
    json.string("operation", difference.operation.rawValue)
    json.array("fields") { list in
      for field in difference.fields {
        list.object { json in
          json.string("name", field.name)
          if let asked = field.asked { json.string("asked", asked) }
          if let found = field.found { json.string("found", found) }
        }
      }
    }
  }
}
