/// The steps that make a column of digits dates.
struct DigitDateStep {
  private(set) var steps: [String] = []
  private(set) var doubts: [String] = []
  private(set) var remarks: [String] = []

  init(_ dates: DigitDate.Reading, _ column: FixedWidthColumn) {
    var pattern = dates.form.rawValue
    if !dates.others.isEmpty {
      let all = ([dates.form] + dates.others).map(\.rawValue).joined(separator: " or ")
      doubts.append("\(all)? All values are dates both ways, so the file doesn't prove it.")
      pattern = "?unclear"
    }
    var members = ["\"pattern\": \"\(pattern)\""]
    if dates.form.length < 7, dates.others.isEmpty {
      members.append("\"pivot\": 2000")
      remarks.append("Years have two digits: they are taken for 2000 to 2099.")
    }
    if !dates.empty.isEmpty {
      let texts = dates.empty.sorted().map { "\"\(Self.written($0, column))\"" }
      members.append("\"empty\": [\(texts.joined(separator: ", "))]")
      remarks.append("Values of zeros or nines alone are taken for no date.")
    }
    if column.hasCenturyDigit {
      steps.append("{ \"slice\": { \"start\": 2 } }")
      remarks.append("The first of seven digits is the century's: 1 is 2000 to 2099.")
    }
    steps.append(
      members.count == 1 ? "{ \"date\": \"\(pattern)\" }" : "{ \"date\": { \(members.joined(separator: ", ")) } }")
  }

  /// A number as the column's values are read: a packed one without leading zeros.
  private static func written(_ number: Int, _ column: FixedWidthColumn) -> String {
    let digits = String(number)
    guard column.cut.kind != .packed else { return digits }
    return String(repeating: "0", count: max(0, column.range.count - digits.count)) + digits
  }
}
