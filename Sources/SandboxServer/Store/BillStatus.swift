/// Where a bill stands.
enum BillStatus: UInt8, Sendable {
  case unpaid, paid, voided

  /// As the API writes it.
  var text: String {
    switch self {
    case .unpaid: "unpaid"
    case .paid: "paid"
    case .voided: "voided"
    }
  }
}
