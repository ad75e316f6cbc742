package import BillModel
import BillReports
import DurableFiles
import Hashing

/// Joins the reports of parts into that of the whole: sums, and what the rules across rows have against rows of
/// different parts.
package struct PartsMerge {
  private let parts: [PartReport]
  private let claims: [ClaimFile]
  /// The whole's name.
  private let name: String

  private struct Sums {
    var outcomes: [RowOutcome: Int] = [:]
    var money: [CurrencyCode: [RowOutcome: Int64]] = [:]

    /// Moves a row that was to be sent to the rejected ones.
    mutating func reject(_ claim: PartClaim) {
      outcomes[.notSent, default: 0] -= 1
      outcomes[.rejected, default: 0] += 1
      guard let currency = claim.currency else { return }
      money[currency, default: [:]][.notSent, default: 0] -= claim.amount
      money[currency, default: [:]][.rejected, default: 0] += claim.amount
    }
  }

  /// - Parameter expected: how many parts there must be; `nil`: as many as there are.
  package init(_ parts: [PartReport], name: String, expected: Int? = nil) throws(PartFault) {
    if let expected, expected != parts.count { throw .count(found: parts.count, expected: expected) }
    try Self.mustBeCountable(parts)
    var claims: [ClaimFile] = []
    for part in parts {
      guard Directory.hasFile(part.claims) else { throw .noClaims(path: part.folder) }
      let file = try ClaimFile(path: part.claims)
      guard file.header.file == part.digest, file.standing == part.recordsValid || part.verdict == .fileRejected else {
        throw .damaged(path: part.claims, why: "it isn't of the file that summary.json beside it is of")
      }
      if let first = claims.first,
        first.header.layout != file.header.layout || first.header.duplicates != file.header.duplicates
      {
        throw .otherLayout(one: parts[0].folder, other: part.folder)
      }
      claims.append(file)
    }
    (self.parts, self.claims, self.name) = (parts, claims, name)
  }

  /// Throws where sums of all parts would leave what can be counted.
  private static func mustBeCountable(_ parts: [PartReport]) throws(PartFault) {
    var left: [CurrencyCode: Int64] = [:]
    for part in parts {
      for (currency, read) in part.moneyRead {
        let sums = [read] + Array((part.money[currency] ?? [:]).values)
        // Those of one part are bounded, and so can be added up.
        let (rest, isTooMuch) = left[currency, default: .max].subtractingReportingOverflow(
          sums.reduce(0) { $0 + Int64($1.magnitude) })
        guard !isTooMuch, rest >= 0 else {
          throw .damaged(path: part.folder + "/summary.json", why: "its sums are more than can be counted")
        }
        left[currency] = rest
      }
    }
  }

  /// Compares, and sums up. Where a folder of reports is named, a report is begun in it, which `MergedReport.finish` ends.
  ///
  /// - Parameter isInterrupted: Asked now and then; where it says so, `interrupted` is thrown.
  package func run(
    reports: String?, startedAt: WallTime, isInterrupted: () -> Bool = { false }
  ) throws(PartFault) -> MergedReport {
    let folder = reports.map { ReportFolder(reports: $0, fileName: name, digest: digest, command: "merge-reports") }
    let report: MergedReport
    do throws(FileError) { report = try MergedReport(folder) } catch { throw .file(error) }
    var sums = Sums()
    for part in parts {
      sums.outcomes.merge(part.outcomes, uniquingKeysWith: +)
      for (currency, amounts) in part.money { sums.money[currency, default: [:]].merge(amounts, uniquingKeysWith: +) }
    }
    var across: [FindingCode: FindingCount] = [:]
    var rejected = [Int](repeating: 0, count: parts.count)
    let starts = parts.indices.map { index in parts[..<index].reduce(0) { $0 + $1.recordsRead } }
    let names = parts.map(\.fileName)
    let comparison = try PartComparison(claims, isInterrupted: isInterrupted)
    try comparison.forEach(isInterrupted: isInterrupted) { found, claim throws(PartFault) in
      sums.reject(claim)
      rejected[found.part] += 1
      let record = starts[found.part] + found.record
      across[found.code] = Self.joined(across[found.code], found.code, .error, 1, record)
      do throws(FileError) { try report.add(found.cells(names)) } catch { throw .file(error) }
    }
    report.summary = summary(sums, findings(across, starts), rejected, startedAt)
    report.summary?.reportFolder = folder?.path
    return report
  }

  private func summary(
    _ sums: Sums, _ findings: [FindingCount], _ rejected: [Int], _ startedAt: WallTime
  ) -> Summary {
    var accounting = Accounting(
      recordsRead: parts.reduce(0) { $0 + $1.recordsRead },
      moneyRead: parts.reduce(into: [:]) { $0.merge($1.moneyRead, uniquingKeysWith: +) })
    accounting.rowsWithoutMoney = parts.reduce(0) { $0 + $1.rowsWithoutMoney }
    for outcome in RowOutcome.allCases {
      accounting.count(
        outcome, rows: sums.outcomes[outcome] ?? 0,
        money: sums.money.compactMapValues { $0[outcome] }.filter { $1 != 0 })
    }
    let valid = parts.reduce(0) { $0 + $1.recordsValid } - rejected.reduce(0, +)
    var summary = Summary(
      command: "merge-reports", verdict: verdict(valid, accounting.recordsRead), reason: reason, fileName: name,
      byteCount: parts.reduce(0) { $0 + $1.byteCount }, digest: digest, recordsValid: valid,
      recordsInvalid: accounting.recordsRead - valid, accounting: accounting, findings: findings, startedAt: startedAt,
      seconds: 0)
    summary.parts = zip(parts, rejected).map { part, across in
      PartFigures(
        fileName: part.fileName, byteCount: part.byteCount, digest: part.digest, verdict: part.verdict,
        recordsRead: part.recordsRead, recordsInvalid: part.recordsRead - part.recordsValid,
        recordsRejectedAcross: across)
    }
    return summary
  }

  private func verdict(_ valid: Int, _ read: Int) -> Verdict {
    if parts.contains(where: { $0.verdict == .fileRejected }) { return .fileRejected }
    return valid == read ? .complete : .completeWithRejects
  }

  /// Which parts can't be used as a whole; `nil` where all can.
  private var reason: String? {
    let bad = parts.filter { $0.verdict == .fileRejected }.map(\.fileName)
    guard !bad.isEmpty else { return nil }
    let shown = bad.prefix(5).joined(separator: ", ") + (bad.count > 5 ? " and \(bad.count - 5) more" : "")
    return "\(bad.count) of \(parts.count) parts can't be used as a whole: \(shown)."
  }

  /// The findings of all parts and those between them, in the order of the codes; records are numbered through.
  private func findings(_ across: [FindingCode: FindingCount], _ starts: [Int]) -> [FindingCount] {
    var errors: [FindingCode: FindingCount] = across
    var warnings: [FindingCode: FindingCount] = [:]
    for (part, start) in zip(parts, starts) {
      for found in part.findings {
        let record = found.firstRecord == 0 ? 0 : start + found.firstRecord
        let known = found.severity == .error ? errors[found.code] : warnings[found.code]
        let sum = Self.joined(known, found.code, found.severity, found.count, record)
        if found.severity == .error { errors[found.code] = sum } else { warnings[found.code] = sum }
      }
    }
    return [errors, warnings].flatMap { counts in FindingCode.allCases.compactMap { counts[$0] } }
  }

  private static func joined(
    _ known: FindingCount?, _ code: FindingCode, _ severity: Severity, _ count: Int, _ record: Int
  ) -> FindingCount {
    FindingCount(
      code: code, severity: severity, count: (known?.count ?? 0) + count,
      firstRecord: min(known?.firstRecord ?? record, record))
  }

  /// SHA-256 over the lines that `sha256sum` writes of the parts.
  private var digest: SHA256Digest {
    let hasher = SHA256Hasher()
    for part in parts { hasher.update("\(part.digest.hex)  \(part.fileName)\n") }
    return hasher.finish()
  }
}
