/// The kinds of party.
package enum PartyKind: String, Hashable, Sendable {
  case customer
  case account
}
