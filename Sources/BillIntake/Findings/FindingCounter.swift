import BillModel

/// Counts findings by code and severity.
struct FindingCounter: Sendable {
  private struct Key: Hashable {
    var code: FindingCode
    var severity: Severity
  }

  private var table: [Key: FindingCount] = [:]

  mutating func add(_ code: FindingCode, _ severity: Severity, record: Int) {
    let key = Key(code: code, severity: severity)
    if var known = table[key] {
      known.count += 1
      known.firstRecord = min(known.firstRecord, record)
      table[key] = known
    } else {
      table[key] = FindingCount(code: code, severity: severity, count: 1, firstRecord: record)
    }
  }

  /// The counts in the order of the codes, errors before warnings.
  var counts: [FindingCount] {
    FindingCode.allCases.flatMap { code in
      [Severity.error, .warning].compactMap { table[Key(code: code, severity: $0)] }
    }
  }
}
