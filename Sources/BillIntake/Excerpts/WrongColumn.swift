package import BillLayouts
package import BillModel

/// A column of which every value breaks the same rule of form: what one line of a layout may mend.
package struct WrongColumn: Sendable {
  /// What is found of its values.
  package let code: FindingCode
  package let severity: Severity
  /// The field that it fills.
  package let path: String
  /// The column as the file's heading names it.
  package let heading: String
  /// How many values it has, all of them wrong.
  package let count: Int
  /// The steps that the layout has for it already.
  package let steps: [ConversionStep]

  package init(
    code: FindingCode, severity: Severity = .error, path: String, heading: String, count: Int,
    steps: [ConversionStep] = []
  ) {
    self.code = code
    self.severity = severity
    self.path = path
    self.heading = heading
    self.count = count
    self.steps = steps
  }
}
