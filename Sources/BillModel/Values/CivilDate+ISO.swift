extension CivilDate {
  /// A date from exactly `YYYY-MM-DD`; `nil` for anything else, and for a day that the calendar hasn't.
  package init?(iso text: String) {
    var text = text
    guard let date = text.withUTF8({ CivilDate(iso: $0) }) else { return nil }
    self = date
  }

  /// The same from its bytes.
  package init?(iso bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    guard let year = DecimalDigits.value(of: bytes[0..<4]), let month = DecimalDigits.value(of: bytes[5..<7]),
      let day = DecimalDigits.value(of: bytes[8..<10])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }
}
