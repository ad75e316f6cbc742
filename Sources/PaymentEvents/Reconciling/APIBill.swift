/// What the API says of a bill.
package enum APIBill: Hashable, Sendable {
  /// What was paid and is due, in minor units.
  case found(paid: Int64, due: Int64?, isVoided: Bool)
  /// It doesn't have it.
  case absent
  /// It couldn't be asked; why.
  case failed(String)
}
