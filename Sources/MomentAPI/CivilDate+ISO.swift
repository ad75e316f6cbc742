import BillModel

extension CivilDate {
  /// A date from exactly `YYYY-MM-DD`; `nil` for anything else, and for a day that the calendar hasn't.
  init?(iso text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    guard let year = DecimalDigits.value(of: bytes[0..<4]), let month = DecimalDigits.value(of: bytes[5..<7]),
      let day = DecimalDigits.value(of: bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
