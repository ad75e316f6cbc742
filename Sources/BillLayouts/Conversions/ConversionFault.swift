/// Why a value could not be converted: a value itself, and never thrown. Two figures at most, so that it can be kept by
/// the million.
package struct ConversionFault: Error, Hashable, Sendable {
  /// What is wrong.
  package enum Kind: UInt8, CaseIterable, Sendable {
    /// Not a number in the form stated.
    case amountForm
    /// More decimals (`first`) than the currency has (`second`).
    case amountDecimals
    /// More digits than any amount has.
    case amountSize
    /// The currency that says how many decimals there are is missing or unknown, which is told of it.
    case amountCurrency
    /// Not in the pattern stated.
    case dateForm
    /// No day of the calendar.
    case dateImpossible
    /// A spreadsheet's count of days.
    case dateSerial
    /// No telephone number of the region.
    case phoneForm
    /// A number of `first` digits without its leading 0.
    case phoneLostZero
    /// The file's name says a region whose numbers are not known.
    case phoneRegion
    /// No word for yes or no.
    case booleanWord
    /// Not in the table.
    case notInMap
    /// `first` characters where `second` belong.
    case width
    /// `first` digits where `second` belong: leading zeros are lost.
    case lostZeros
    /// Something else than digits where zeros are to be restored.
    case notDigits
    /// No identity number.
    case identityForm
    /// The check digit is wrong.
    case identityCheck
    /// Bytes that are not what the layout says: no packed or zoned number, no text of the encoding.
    case binary
    /// A record that ends within the value: `first` of `second` places.
    case cutShort
    /// Scientific notation, by a spreadsheet.
    case scientific
    /// A spreadsheet's column was too narrow: `########`.
    case hashes
    /// Rounded to 15 digits, as spreadsheets do: likely, not certain.
    case rounded
  }

  package var kind: Kind
  package var first: Int
  package var second: Int

  package init(_ kind: Kind, _ first: Int = 0, _ second: Int = 0) {
    self.kind = kind
    self.first = first
    self.second = second
  }
}
