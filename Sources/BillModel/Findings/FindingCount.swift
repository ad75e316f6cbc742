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

extension [FindingCount.Kind: FindingCount] {
  /// Counts one more; returns how many of its kind there are with it.
  @discardableResult
  package mutating func count(_ finding: Finding) -> Int {
    let none = FindingCount(code: finding.code, severity: finding.severity, count: 0, firstRecord: finding.record)
    let kind = FindingCount.Kind(finding.code, finding.severity)
    self[kind, default: none].count += 1
    return self[kind]?.count ?? 0
  }
}
