import BillLayouts
package import BillModel
import Tabular

extension FileCheck {
  /// The rows of findings, as a person may see them, by record; a row that can't be read again is left out.
  ///
  /// - Parameters:
  ///   - findings: A few, in any order; of several findings of a record, one excerpt each.
  ///   - unmasked: For whoever may see all that the file holds.
  package func excerpts(of findings: [Finding], unmasked: Bool = false) throws(IntakeError) -> [Finding: RowExcerpt] {
    guard let plan else { return [:] }
    let cutter = ExcerptCutter(plan: plan, dialect: reading.file.dialect, isUnmasked: unmasked)
    let wanted = Set(findings.filter { $0.record > 0 }.map { UInt32(truncatingIfNeeded: $0.record) }).sorted()
    var byRecord: [Int: [Finding]] = [:]
    for finding in findings { byRecord[finding.record, default: []].append(finding) }
    var excerpts: [Finding: RowExcerpt] = [:]
    let fetcher = RecordFetcher(input: input, marks: marks, byteCount: text.byteCount, reading: reading)
    try fetcher.fetch(wanted) { batch, record throws(IntakeError) in
      for finding in byRecord[record.number] ?? [] {
        excerpts[finding] = cutter.excerpt(batch, record, column: finding.column)
      }
    }
    return excerpts
  }
}
