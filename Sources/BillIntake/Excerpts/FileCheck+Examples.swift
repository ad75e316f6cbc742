import BillLayouts
package import BillModel

extension FileCheck {
  /// A few findings of each code and severity, in the file's order, for people. Words are made for these only.
  ///
  /// - Parameter goesOn: Asked now and then; after a no, what was found so far comes back.
  /// - Throws: `IntakeError.temporary` where the findings can't be read again.
  package func examples(ofEach most: Int, goesOn: () -> Bool = { true }) throws(IntakeError) -> [Finding] {
    var missing: [FindingCode: [Severity: Int]] = [:]
    for count in findingCounts where count.firstRecord > 0 {
      missing[count.code, default: [:]][count.severity] = min(count.count, most)
    }
    var left = missing.values.reduce(0) { $0 + $1.values.reduce(0, +) }
    var examples = fileFindings
    guard let text = plan.map({ FindingText(plan: $0, dialect: reading.file.dialect) }) else { return examples }
    var drafts = verdicts.spool.drafts()
    var read = 0
    while left > 0, let draft = try drafts.next() {
      read += 1
      if read % 4096 == 0, !goesOn() { break }
      guard let open = missing[draft.code]?[draft.severity], open > 0 else { continue }
      missing[draft.code]?[draft.severity] = open - 1
      left -= 1
      examples.append(text.finding(draft))
    }
    return examples
  }
}
