import BillModel
import BillReports

/// What a plan says beside rows and money, for people: a title and a text each.
struct PlanText {
  let figures: PlanFigures

  var entries: [(title: String, text: String)] {
    [voids, corrections, notes, parties, ("requests", requests)].compactMap { $0 }
  }

  /// What can't be undone comes before all else.
  private var voids: (String, String)? {
    figures.rows[.voids].map { count in
      ("voids", "\(bills(count)) would be voided\(money(figures.voidedMoney)), which can't be undone: --confirm-void")
    }
  }

  private var corrections: (String, String)? {
    figures.rows[.corrects].map { count in
      let money = figures.correctedMoney.sorted { $0.key < $1.key }.map { currency, sums in
        "; \(currency) \(MoneyText.major(sums.before, currency)) before, \(MoneyText.major(sums.after, currency)) after"
      }
      return ("corrects", "\(bills(count)) would be voided and raised again\(money.joined()): --confirm-void")
    }
  }

  private func bills(_ count: Int) -> String { "\(MoneyText.count(count)) \(count == 1 ? "bill" : "bills")" }

  private func money(_ sums: [CurrencyCode: Int64]) -> String {
    sums.sorted { $0.key < $1.key }.map { "; \($0.key) \(MoneyText.major($0.value, $0.key))" }.joined()
  }

  /// What isn't seen by the outcomes alone.
  private var notes: (String, String)? {
    let notes = [
      part(.paid, "paid already"), part(.voided, "voided"), part(.otherCustomer, "on an account of another customer"),
      part(.lost, "known to the ledger and not to the API"),
      part(.known, "as the ledger has them, not asked (--ask-all asks)"), part(.settled, "settled by an earlier run"),
    ].compactMap { $0 }
    return notes.isEmpty ? nil : ("of them", notes.joined(separator: ", "))
  }

  private func part(_ row: PlannedRow, _ words: String) -> String? {
    figures.rows[row].map { "\(MoneyText.count($0)) \(words)" }
  }

  private var parties: (String, String)? {
    guard figures.customers + figures.accounts > 0 else { return nil }
    let customers = "\(MoneyText.count(figures.customers)) \(figures.customers == 1 ? "customer" : "customers")"
    let accounts = "\(MoneyText.count(figures.accounts)) \(figures.accounts == 1 ? "account" : "accounts")"
    let made = figures.accounts == 0 ? customers : figures.customers == 0 ? accounts : "\(customers) and \(accounts)"
    return ("parties", "\(made) would be created")
  }

  private var requests: String {
    guard figures.requests > 0 else { return "none" }
    let parts = [
      figures.creations > 0 ? "\(MoneyText.count(figures.creations)) to create" : nil,
      figures.changes > 0 ? "\(MoneyText.count(figures.changes)) to change" : nil,
      figures.questions > 0 ? "\(MoneyText.count(figures.questions)) to ask" : nil,
    ].compactMap { $0 }
    return "\(MoneyText.count(figures.requests)) = \(parts.joined(separator: " + ")); "
      + "\(DurationText.of(figures.seconds)) at \(Self.rate(figures.rate)) a second"
  }

  /// A rate with at most one decimal.
  static func rate(_ rate: Double) -> String {
    let tenths = Int((rate * 10).rounded())
    return tenths % 10 == 0 ? MoneyText.count(tenths / 10) : "\(tenths / 10).\(tenths % 10)"
  }
}
