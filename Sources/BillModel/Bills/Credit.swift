/// A row of bills whose amount is less than zero, and by the layout's rule goes to the balance of the party that it names.
///
/// What it adds leaves its reference in the party's metadata: so a request whose answer was lost is looked for before the
/// same is added again.
package struct Credit: Hashable, Sendable {
  /// The pair of a party's metadata that names the row which was added to its balance last.
  package static let metadataKey = "billdrop_credit"

  /// The reference of the row: what a bill of it would be called.
  package var reference: String
  /// Minor units, less than 0.
  package var amount: Int64
  package var currency: CurrencyCode
  /// Whose balance it is, with all that the row says of it: its values where it has to be made.
  package var party: PartyValues

  package init(reference: String, amount: Int64, currency: CurrencyCode, party: PartyValues) {
    self.reference = reference
    self.amount = amount
    self.currency = currency
    self.party = party
  }

  /// The party as it is made where there is none: with this balance, beside one that the row gives it.
  package var made: PartyValues {
    var values = party
    (values.currency, values.balance) = (currency, (party.balance ?? 0) + amount)
    values.metadata.append(key: Self.metadataKey, value: reference)
    return values
  }

  /// What a party that is there gets: the whole of its balance, and its own metadata again, since whether a change of it
  /// merges or replaces is not documented.
  package func change(to total: Int64, keeping metadata: [String: String]) -> PartyValues {
    var values = PartyValues(key: party.key, currency: currency, balance: total)
    for key in metadata.keys.sorted() where key != Self.metadataKey {
      values.metadata.append(key: key, value: metadata[key] ?? "")
    }
    values.metadata.append(key: Self.metadataKey, value: reference)
    return values
  }
}
