import BillModel
import BillReports
import Hashing
import Reconciling

/// What checking a receipt found, for people and for programs.
struct VerifyText {
  let verdict: ReceiptVerdict
  /// The receipt's path.
  let receipt: String
  let screen: Screen

  var text: String {
    let sign = verdict.isVerified ? "✓" : verdict.problems.isEmpty ? "!" : "✗"
    let colour = verdict.isVerified ? "32" : verdict.problems.isEmpty ? "33" : "31"
    var lines = TextLines.wrap(
      "\(Masking.oneLine(verdict.fileName)): \(headline)", to: screen.columns, first: "\(sign) ", margin: "  ")
    lines[0] = screen.paint(sign, "1;\(colour)") + screen.paint(String(lines[0].dropFirst()), "1")
    for problem in verdict.problems {
      lines += TextLines.wrap(Masking.oneLine(problem), to: screen.columns, first: "  ✗ ", margin: "    ")
    }
    lines += entry("file", "\(MoneyText.count(verdict.records)) records, SHA-256 \(verdict.digest.short)…")
    lines += entry("ledger", Masking.oneLine(verdict.ledger))
    lines += entry("report", reportWords)
    lines += entry("signed", signatureWords)
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSONText {
    var json = JSONText()
    json.object { json in
      json.string("command", "verify")
      json.boolean("verified", verdict.isVerified)
      json.string("receipt", receipt)
      json.object("file") {
        $0.string("name", verdict.fileName)
        $0.string("sha256", verdict.digest.hex)
      }
      json.string("ledger", verdict.ledger)
      json.string("report", verdict.report.rawValue)
      json.string("signature", signatureWord)
      json.array("problems") { list in
        for problem in verdict.problems { list.string(nil, problem) }
      }
    }
    return json
  }

  private var headline: String {
    if verdict.isVerified { return "the receipt is right, row by row" }
    return verdict.problems.isEmpty
      ? "the receipt fits, and its signature was not checked" : "the receipt does not fit"
  }

  private var reportWords: String {
    switch verdict.report {
    case .good: "rows.csv and summary.json beside the receipt say the same"
    case .bad: "what lies beside the receipt says something else"
    case .absent: "none beside the receipt, or not looked at"
    }
  }

  private var signatureWords: String {
    switch verdict.signature {
    case .none: "no: whoever can change ledger, file and receipt can make another"
    case .good(let key): "with the key \(key)"
    case .unchecked(let key): "with the key \(key); to check it name the key with --receipt-key-file"
    case .bad: "not as it should be"
    }
  }

  private var signatureWord: String {
    switch verdict.signature {
    case .none: "none"
    case .good: "good"
    case .unchecked: "unchecked"
    case .bad: "bad"
    }
  }

  private func entry(_ name: String, _ text: String) -> [String] {
    let title = "  " + name + String(repeating: " ", count: max(1, 9 - TextWidth.of(name)))
    return TextLines.wrap(text, to: screen.columns, first: title, margin: String(repeating: " ", count: 11))
  }
}
