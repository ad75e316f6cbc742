/// The money that a row asks for, and of whom: kept with the row, so that what is paid can be held against it.
///
/// As text a line of words: `raise ZAR 24000 account ACC-17`, `paid ZAR 500`, `added ZAR 500`, `balance ZAR -500`, `void`.
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
  }

  package var kind: Kind
  /// Minor units; 0 of a void.
  package var amount: Int64
  /// `nil` of a void.
  package var currency: CurrencyCode?
  /// Whom a bill is raised on; `nil` of anything else.
  package var party: RowParty?

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
    case .raisePaid(let paid): self.init(raising: paid.bill)
    case .correct(let correction): self.init(raising: correction.bill)
    case .skip: return nil
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
    let words = text.split(separator: " ")
    guard let kind = words.first.flatMap({ Kind(rawValue: String($0)) }) else { return nil }
    if kind == .void, words.count == 1 {
      self.init(kind: .void)
      return
    }
    guard words.count >= 3, let currency = CurrencyCode(words[1].utf8), let amount = Int64(words[2]) else { return nil }
    let party = words.count == 5 ? RowParty(kind: String(words[3]), name: String(words[4])) : nil
    guard words.count == 3 || party != nil else { return nil }
    self.init(kind: kind, amount: amount, currency: currency, party: party)
  }

  /// The line of words.
  package var text: String {
    var text = kind.rawValue
    if let currency { text += " \(currency) \(amount)" }
    if let party { text += " \(party.word) \(party.name)" }
    return text
  }
}
