/// An account of a request, looked up; nothing made yet.
enum PlannedAccount {
  case existing(UInt32)
  /// It is there, and the request's attributes are to be set on it.
  case updated(UInt32, AccountDraft)
  case new(AccountDraft, PlannedCustomer)
}
