/// What a row asks for.
package enum BillOperation: Hashable, Sendable {
  /// Raise a bill, with the customer and account that it needs.
  case raise(Bill)

  /// The external reference of the object that the operation is about.
  package var reference: String {
    switch self {
    case .raise(let bill): bill.reference
    }
  }
}
