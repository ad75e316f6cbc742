import BillLayouts
import BillModel

/// The words for a step that could not be done.
struct ConversionText {
  let plan: RowPlan
  let column: Int?
  /// The value that the step had before it, or the file's.
  let raw: String

  func words(_ fault: ConversionFault) -> FindingWords {
    switch fault.kind {
    case .amountForm: amountForm
    case .amountDecimals:
      FindingWords(
        "\(name) has \(fault.first) decimals, and the currency has \(fault.second).",
        "Nothing is rounded: write the amount with at most \(fault.second) decimals.")
    case .amountSize: FindingWords("\(name) is too large for any amount.", "An amount has at most 18 digits.")
    case .amountCurrency: FindingWords("\(name) has no currency beside it.", "Fill the currency.")
    case .dateForm: FindingWords("\(name) is not a date of the form \(pattern).", "The layout states \(pattern).")
    case .dateImpossible:
      FindingWords(
        "\(name) is no day of the calendar, read as \(pattern).", "Are day and month the other way round in this file?")
    case .dateSerial:
      FindingWords(
        "\(name) is a spreadsheet's count of days, not a date.",
        "Format the column as a date, \(pattern), and export the file again.")
    case .phoneForm: phoneForm
    case .phoneLostZero:
      FindingWords(
        "\(name) is a number without its leading 0: a spreadsheet took it.",
        "Format the column as text and export again, or put {\"restore_zeros\": \(fault.first + 1)} before the step phone."
      )
    case .phoneRegion:
      FindingWords("The numbers of the region in the file's name are not known.", "State the region in the layout.")
    case .booleanWord: FindingWords("\(name) is none of the layout's words for yes and no.", "See its step boolean.")
    case .notInMap:
      FindingWords(
        "\(name) is not in the layout's table.", "Add it to the step map, or \"*\" for all values that it doesn't have."
      )
    case .width:
      FindingWords(
        "\(name) has \(fault.first) characters, and \(fault.second) belong there.",
        "The layout states the width: is a character missing or too many?")
    case .lostZeros:
      FindingWords(
        "\(name) has \(fault.first) digits, and \(fault.second) belong there: a spreadsheet took the leading zeros.",
        "Format the column as text and export again, or state {\"restore_zeros\": \(fault.second)} in the layout.")
    case .binary:
      FindingWords(
        "The bytes of \(name) are not what the layout says: no number of that kind, or no text of the encoding.",
        "Are the columns' places right, and was the file transferred as binary, unconverted?")
    case .cutShort:
      FindingWords(
        "The record ends within \(name): \(fault.first) of \(fault.second) places are there.",
        "Was the line cut? A value that stands at the right of its place is another one without its end.")
    case .notDigits:
      FindingWords("\(name) is not digits only.", "Leading zeros can be restored to digits alone.")
    case .identityForm:
      FindingWords("\(name) is no identity number.", "It has 13 digits, the first six a date of birth.")
    case .identityCheck:
      FindingWords("\(name) has a wrong check digit.", "A digit of the identity number is mistyped.")
    case .scientific:
      FindingWords(
        "\(name) is in scientific notation: a spreadsheet has shortened a long number.",
        "Format the column as text, and export the file again from where the numbers are whole.")
    case .hashes:
      FindingWords(
        "\(name) is nothing but #: a spreadsheet's column was too narrow.",
        "Widen the column, and export the file again.")
    case .rounded:
      FindingWords(
        "\(name) has zeros from the sixteenth digit on: a spreadsheet may have rounded it.",
        "Compare it with the source; long numbers need a column that is formatted as text.")
    }
  }

  private var name: String { column.map { plan.columns[$0].heading } ?? "The value" }

  private var steps: [ConversionStep] {
    guard let column, let mapped = plan.mapped, column < mapped.recipes.count else { return [] }
    return mapped.recipes[column].all.flatMap(\.steps)
  }

  private var pattern: String {
    for case .date(let form) in steps { return form.pattern }
    return "YYYY-MM-DD"
  }

  private var amountForm: FindingWords {
    for case .amount(let form) in steps {
      let example = Self.example(form)
      let hint =
        raw.contains { $0.isWhitespace } && form.group != [UInt8(ascii: " ")]
        ? " Nothing is trimmed unless the layout says so." : ""
      return FindingWords("\(name) is not an amount as the layout states it.", "Right: \(example).\(hint)")
    }
    return FindingWords("\(name) is not an amount.", "Right: 1234.50.")
  }

  private static func example(_ form: AmountForm) -> String {
    if form.impliedDecimals != nil { return "digits alone, such as 123450" }
    let (group, decimal) = (String(decoding: form.group, as: UTF8.self), String(decoding: form.decimal, as: UTF8.self))
    return "1\(group)234\(decimal)50"
  }

  private var phoneForm: FindingWords {
    for case .phone(.region(let region)) in steps {
      return FindingWords(
        "\(name) is no telephone number of \(region.code), and none in international form.",
        "Right: +\(String(decoding: region.country, as: UTF8.self)) and \(region.lengths.lowerBound)"
          + (region.lengths.count > 1 ? " to \(region.lengths.upperBound)" : "") + " digits, or as dialled there.")
    }
    return FindingWords("\(name) is no telephone number.", "Right: in international form, +27821234567.")
  }
}
