/// The step that makes a column's values amounts, as far as they prove it.
struct AmountStep {
  /// As JSON; `nil` where none is needed.
  private(set) var step: String?
  private(set) var doubts: [String] = []
  private(set) var remarks: [String] = []

  /// - Parameters:
  ///   - isPath: Whether the heading is the field's path, so that the API's own form may be meant: minor units.
  ///   - isPlain: Whether all headings are paths, so that nothing else can be meant.
  init(_ tally: AmountTally, isPath: Bool, isPlain: Bool = false) {
    if tally.count == 0 {
      step = "\"?\""
      doubts.append(
        "No value is an amount as it stands. What stands beside the digits is taken away first, as of R 9,876.54 by "
          + "{ \"replace\": { \"R \": \"\" } }; then put \"amount\" for \"?\".")
      return
    }
    if !tally.hasMarks {
      if isPlain { return }
      step = "\"?\""
      doubts.append(
        "Whole numbers. Cents already? Take the \"?\" out. Whole rands? \"amount\". "
          + "Decimals left out? { \"amount\": { \"implied_decimals\": 2 } }.")
      return
    }
    if isPath, tally.whole > 0 {
      // The API's own heading: whole numbers are minor units there, and those with a mark are faulty.
      step = "\"?\""
      doubts.append(
        "\(tally.whole) of \(tally.count) values are whole. Are they cents? Take the \"?\" out. "
          + "Major units? Put \"amount\" there.")
      return
    }
    guard let decimal = tally.decimal else {
      step = "{ \"amount\": { \"decimal\": \"??\"\(Self.sign(tally)) } }"
      doubts.append(
        tally.point > 0 && tally.comma > 0
          ? "Of \(tally.count) values, \(tally.point) have a decimal point and \(tally.comma) a decimal comma. Which is it?"
          : "\(tally.unclear) of \(tally.count) values are like 1,234 and none proves whether that mark is the decimal one."
      )
      return
    }
    var members: [String] = decimal == "." ? [] : ["\"decimal\": \"\(decimal)\""]
    if let group = tally.groups.first { members.append("\"group\": \(FieldGuesser.quoted(String(group)))") }
    if tally.groups.count > 1 { doubts.append("Several marks stand between groups of digits; one can be stated.") }
    let sign = Self.sign(tally)
    if !sign.isEmpty { members.append(String(sign.dropFirst(2))) }
    if tally.signs.count > 1 { doubts.append("Negative amounts are written in several ways; one can be stated.") }
    step = members.isEmpty ? "\"amount\"" : "{ \"amount\": { \(members.joined(separator: ", ")) } }"
    let proofs = tally.comma + tally.point
    remarks.append(
      proofs > 0
        ? "\(proofs) of \(tally.count) values prove the decimal mark."
        : "The mark between groups is no decimal mark, so that the other one is.")
  }

  private static func sign(_ tally: AmountTally) -> String {
    let unusual = tally.signs.filter { $0 != .leading }.map(\.rawValue).sorted()
    return unusual.first.map { ", \"sign\": \"\($0)\"" } ?? ""
  }
}
