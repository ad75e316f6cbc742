import BillModel
import Reconciling

/// What two files differ in, for people.
struct DiffText {
  let comparison: FileComparison
  let result: CompareResult
  let screen: Screen

  var text: String {
    var lines = TextLines.wrap(
      "\(Masking.oneLine(comparison.new.name)) against \(Masking.oneLine(comparison.old.name))", to: screen.columns)
    lines = lines.map { screen.paint($0, "1") }
    lines += entry(
      "bills", "\(count(comparison.old.bills)) → \(count(comparison.new.bills)): \(Self.bills(comparison))")
    if !comparison.changedFields.isEmpty { lines += entry("changed", changedFields) }
    lines += entry("parties", parties)
    for currency in Set(comparison.old.money.keys).union(comparison.new.money.keys).sorted() {
      lines += entry(currency.description, money(currency))
    }
    if comparison.old.rejected + comparison.new.rejected > 0 {
      lines += entry(
        "rejected", "\(count(comparison.old.rejected)) → \(count(comparison.new.rejected)) rows, which are no bills")
    }
    for change in result.examples { lines += example(change) }
    if let folder = result.reportFolder { lines += entry("report", Masking.oneLine(folder)) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Bills added, gone, changed and the same.
  static func bills(_ comparison: FileComparison) -> String {
    var parts = ["\(MoneyText.count(comparison.added)) added", "\(MoneyText.count(comparison.gone)) gone"]
    if comparison.nowRejected > 0 { parts.append("\(MoneyText.count(comparison.nowRejected)) rejected now") }
    parts += ["\(MoneyText.count(comparison.changed)) changed", "\(MoneyText.count(comparison.same)) the same"]
    return parts.joined(separator: ", ")
  }

  private var changedFields: String {
    comparison.changedFields.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
      .map { "\(Masking.oneLine($0.key)) \(count($0.value))" }.joined(separator: ", ")
  }

  private var parties: String {
    let (customers, accounts) = (comparison.customers, comparison.accounts)
    return "customers \(count(customers.new)) new, \(count(customers.gone)) gone; accounts \(count(accounts.new)) new, "
      + "\(count(accounts.gone)) gone"
  }

  private func money(_ currency: CurrencyCode) -> String {
    let (old, new) = (comparison.old.money[currency] ?? 0, comparison.new.money[currency] ?? 0)
    let sign = new > old ? "+" : ""
    return "\(MoneyText.major(old, currency)) → \(MoneyText.major(new, currency)) "
      + "(\(sign)\(MoneyText.major(new - old, currency)))"
  }

  private func example(_ change: FileChange) -> [String] {
    let reference = Masking.oneLine(change.reference)
    let text =
      switch change.kind {
      case .added: "+ \(reference)"
      case .gone: "- \(reference)"
      case .rejected: "✗ \(reference), rejected in record \(count(change.newRecord ?? 0))"
      case .changed:
        "~ \(reference) "
          + change.fields.map { "\($0.path) \(shown($0.shownOld)) → \(shown($0.shownNew))" }.joined(separator: ", ")
      case .customerNew: "+ customer \(reference)"
      case .customerGone: "- customer \(reference)"
      case .accountNew: "+ account \(reference)"
      case .accountGone: "- account \(reference)"
      }
    return TextLines.wrap(Masking.oneLine(text), to: screen.columns, first: "  ", margin: "    ")
  }

  private func shown(_ value: String) -> String { value.isEmpty ? "(empty)" : value }

  private func count(_ number: Int) -> String { MoneyText.count(number) }

  private func entry(_ name: String, _ text: String) -> [String] {
    let title = "  " + name + String(repeating: " ", count: max(1, 9 - TextWidth.of(name)))
    return TextLines.wrap(text, to: screen.columns, first: title, margin: String(repeating: " ", count: 11))
  }
}
