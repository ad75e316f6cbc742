/// The formats that are checked, not only noted.
enum SchemaFormat: String, CaseIterable, Sendable {
  /// RFC 3339 full-date: `YYYY-MM-DD`, and a day of the calendar.
  case date
  /// A mail address, by the grammar of `EmailAddress`.
  case email

  /// What is wrong with a text, or `nil`.
  @inline(__always)
  func fault(in text: UnsafeBufferPointer<UInt8>) -> FieldFault? {
    switch self {
    case .date: DateText.fault(in: text)
    case .email: EmailAddress.fault(in: text).map { .email($0) }
    }
  }
}
