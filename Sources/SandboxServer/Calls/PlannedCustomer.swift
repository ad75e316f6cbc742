/// A customer of a request, looked up; nothing made yet.
enum PlannedCustomer {
  case existing(UInt32)
  /// It is there, and the request's attributes are to be set on it.
  case updated(UInt32, CustomerDraft)
  case new(CustomerDraft)

  var isNew: Bool {
    if case .new = self { true } else { false }
  }
}
