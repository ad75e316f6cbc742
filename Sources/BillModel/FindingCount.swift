/// How often a finding occurs in a file.
package struct FindingCount: Hashable, Sendable {
  package var code: FindingCode
  package var severity: Severity
  package var count: Int
  /// Record of the first one, from 1; 0 for the file as a whole.
  package var firstRecord: Int

  package init(code: FindingCode, severity: Severity, count: Int, firstRecord: Int) {
    self.code = code
    self.severity = severity
    self.count = count
    self.firstRecord = firstRecord
  }
}
