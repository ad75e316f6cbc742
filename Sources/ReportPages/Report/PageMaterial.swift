package import BillModel
package import BillReports

/// What a report page tells beside the summary.
package struct PageMaterial: Sendable {
  /// In the order in which they are told: the gravest first.
  package var findings: [PageFinding]
  package var facts: RunFacts
  /// `nil` where nothing was sent.
  package var pace: PaceLog?
  /// What the last files of its kind asked for, by currency.
  package var earlierAmounts: [CurrencyCode: [AmountHistogram]] = [:]
  /// The files of the report beside the page.
  package var fileNames: [String]
  /// Whether rows are shown as they are.
  package var isUnmasked = false

  package init(
    findings: [PageFinding], facts: RunFacts, pace: PaceLog? = nil, fileNames: [String] = []
  ) {
    self.findings = findings
    self.facts = facts
    self.pace = pace
    self.fileNames = fileNames
  }
}
