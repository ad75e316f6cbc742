/// How often a finding occurs in a file.
package struct FindingCount: Hashable, Sendable {
  package var code: FindingCode
  package var severity: Severity
  package var count: Int
  /// Record of the first one, from 1; 0 for the file as a whole.
  package var firstRecord: Int

  /// What is counted together: a code may be an error of one row, and a warning of another.
  package struct Kind: Hashable, Sendable {
    package var code: FindingCode
    package var severity: Severity

    package init(_ code: FindingCode, _ severity: Severity) {
      self.code = code
      self.severity = severity
    }
  }

  package init(code: FindingCode, severity: Severity, count: Int, firstRecord: Int) {
    self.code = code
    self.severity = severity
    self.count = count
    self.firstRecord = firstRecord
  }
}
