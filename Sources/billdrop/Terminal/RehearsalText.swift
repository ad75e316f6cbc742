import BillModel
import BillReports

/// What a rehearsal says beside rows and money, for people: a title and a text each.
struct RehearsalText {
  let figures: RehearsalFigures

  var entries: [(title: String, text: String)] {
    let known = figures.knownCustomers + figures.knownAccounts
    let parties =
      "\(Self.count(figures.customers, "customer")) and \(Self.count(figures.accounts, "account")) created"
      + (known == 0
        ? ""
        : "; \(Self.count(figures.knownCustomers, "customer")) and \(Self.count(figures.knownAccounts, "account")) "
          + "known to the ledger")
    let time = "\(DurationText.of(figures.seconds)) at \(PlanText.rate(figures.rate)) a second"
    return [("parties", parties), ("requests", "\(MoneyText.count(figures.requests)); \(time)")]
  }

  private static func count(_ number: Int, _ thing: String) -> String {
    "\(MoneyText.count(number)) \(thing)\(number == 1 ? "" : "s")"
  }
}
