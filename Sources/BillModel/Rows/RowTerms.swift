/// The money that a row asks for, and of whom: kept with the row, so that what is paid can be held against it.
///
/// As text a line of words: `raise ZAR 24000 account ACC-17`, `paid ZAR 500`, `balance ZAR -500`, `void`; behind them, in
/// pairs, what there is besides: `raise ZAR 24000 account ACC-17 voids INV-1`, `credit ZAR -1500 total -4500`.
package struct RowTerms: Hashable, Sendable {
  /// What is done with the amount.
  package enum Kind: String, Sendable {
    /// A bill of so much is raised.
    case raise
    /// A bill's payments are set to so much in all.
    case paid
    /// So much comes to a bill's payments.
    case added
    /// A bill is voided.
    case void
    /// A balance is set to so much.
    case balance
    /// So much comes to a balance.
    case credit
  }

  package var kind: Kind
  /// Minor units; 0 of a void.
  package var amount: Int64
  /// `nil` of a void.
  package var currency: CurrencyCode?
  /// Whom a bill is raised on; `nil` of anything else.
  package var party: RowParty?
  /// What was paid of a bill before it was raised here, in minor units.
  package var paidBefore: Int64 = 0
  /// The bill that is voided, where that isn't the one that the row names.
  package var voids: String?
  /// What a sum is set to as a whole, so that so much comes to it.
  package var total: Int64?
  /// What a request that landed late had set the sum back to, before it was set to the total.
  package var late: Int64?
  /// The sum had lost our mark when the total was decided.
  package var isUnmarked = false
  /// The total was decided by a mark that isn't ours, or a sum that can't be told, since that was asked for.
  package var takesOthers = false

  package init(kind: Kind, amount: Int64 = 0, currency: CurrencyCode? = nil, party: RowParty? = nil) {
    self.kind = kind
    self.amount = amount
    self.currency = currency
    self.party = party
  }

  /// What an operation asks for; `nil` where it is about no money.
  package init?(_ operation: BillOperation) {
    switch operation {
    case .raise(let bill): self.init(raising: bill)
    case .raisePaid(let paid):
      self.init(raising: paid.bill)
      paidBefore = paid.amountPaid
    case .correct(let correction): self.init(raising: correction.bill)
    case .skip: return nil
    case .credit(let credit): self.init(kind: .credit, amount: credit.amount, currency: credit.currency)
    case .pay(let payment):
      let kind: Kind = payment.meaning == .total ? .paid : .added
      self.init(kind: kind, amount: payment.amount, currency: payment.currency)
    case .void: self.init(kind: .void)
    case .set(let values):
      guard let balance = values.balance, let currency = values.currency else { return nil }
      self.init(kind: .balance, amount: balance, currency: currency)
    }
  }

  private init(raising bill: Bill) {
    self.init(kind: .raise, amount: bill.amountDue, currency: bill.currency, party: RowParty(bill.party))
  }

  /// From its text; `nil` for anything else.
  package init?(text: String) {
    var words = text.split(separator: " ")[...]
    guard let kind = words.popFirst().flatMap({ Kind(rawValue: String($0)) }) else { return nil }
    self.init(kind: kind)
    if kind != .void {
      guard let currency = words.popFirst().flatMap({ CurrencyCode($0.utf8) }),
        let amount = words.popFirst().flatMap({ Int64($0) })
      else { return nil }
      (self.currency, self.amount) = (currency, amount)
    }
    while let name = words.popFirst() {
      guard let value = words.popFirst(), take(String(name), String(value)) else { return nil }
    }
  }

  /// Takes in a pair of words; false where it is none that can be here.
  private mutating func take(_ name: String, _ value: String) -> Bool {
    switch name {
    case "voids": voids = value
    case "paid":
      guard let amount = Int64(value) else { return false }
      paidBefore = amount
    case "total":
      guard let amount = Int64(value) else { return false }
      total = amount
    case "unmarked":
      isUnmarked = true
      return value == "yes"
    case "others":
      takesOthers = true
      return value == "yes"
    case "late":
      guard let amount = Int64(value) else { return false }
      late = amount
    default:
      party = RowParty(kind: name, name: value)
      return party != nil && kind == .raise
    }
    return true
  }

  /// The line of words.
  package var text: String {
    var text = kind.rawValue
    func add(_ word: String) {
      text += " "
      text += word
    }
    func add(_ name: String, _ value: String) {
      add(name)
      add(value)
    }
    if let currency { add(currency.description, String(amount)) }
    if let party { add(party.word, party.name) }
    if paidBefore != 0 { add("paid", String(paidBefore)) }
    if let voids { add("voids", voids) }
    if let total { add("total", String(total)) }
    if let late { add("late", String(late)) }
    if isUnmarked { add("unmarked", "yes") }
    if takesOthers { add("others", "yes") }
    return text
  }
}
