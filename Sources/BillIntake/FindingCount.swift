package import BillModel

/// How often a finding of one code and severity was made.
package struct FindingCount: Hashable, Sendable {
  package var code: FindingCode
  package var severity: Severity
  package var count: Int
  /// The first record that has it, from 1; 0 for findings about the file as a whole.
  package var firstRecord: Int

  package init(code: FindingCode, severity: Severity, count: Int, firstRecord: Int) {
    self.code = code
    self.severity = severity
    self.count = count
    self.firstRecord = firstRecord
  }
}
