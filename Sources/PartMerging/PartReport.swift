import BillModel
import DurableFiles
import Hashing
import SchemaRules

/// The report of one part, as `billdrop validate` wrote it.
package struct PartReport: Sendable {
  /// Most bytes of a summary that are read.
  private static let mostBytes = 64 << 20
  /// Most rows, and most minor units of a sum, that a part can have.
  private static let (mostRows, mostMoney): (Int64, Int64) = (1_000_000_000_000, 10_000_000_000_000_000)
  /// Most bytes that its file can have: of so few that sums of any number of parts can be counted.
  private static let mostFileBytes: Int64 = 1 << 46

  /// Its folder, which has `summary.json` in it.
  package let folder: String
  let fileName: String
  let byteCount: Int64
  let digest: SHA256Digest
  let verdict: Verdict
  let recordsRead: Int
  let recordsValid: Int
  let outcomes: [RowOutcome: Int]
  /// Minor units by currency, as they were read and by outcome.
  let moneyRead: [CurrencyCode: Int64]
  let money: [CurrencyCode: [RowOutcome: Int64]]
  /// Rows that are in none of these sums.
  let rowsWithoutMoney: Int
  let findings: [FindingCount]

  /// Where its claims are.
  var claims: String { folder + "/" + ClaimHeader.fileName }

  /// The reports that paths name: folders with a report in them, or with folders of reports. Those below one path come in
  /// the order of their names.
  package static func find(_ paths: [String]) throws(PartFault) -> [PartReport] {
    var folders: [String] = []
    for path in paths {
      let found = try Self.folders(below: path, depth: 2)
      if found.isEmpty { throw .noReports(path: path) }
      folders += found
    }
    var places: Set<[UInt64]> = []
    var reports: [PartReport] = []
    var byDigest: [SHA256Digest: String] = [:]
    for folder in folders {
      // Under whatever spelling, or through whatever link.
      let look: FileLook?
      do throws(FileError) { look = try FileLook(path: folder + "/.") } catch { throw .file(error) }
      if let look, !places.insert([look.device, look.identity]).inserted { throw .twice(path: folder) }
      let report = try PartReport(folder: folder)
      if let one = byDigest[report.digest], report.recordsRead > 0 { throw .sameFile(one: one, other: folder) }
      byDigest[report.digest] = folder
      reports.append(report)
    }
    return reports
  }

  /// Folders of validate's reports: the path itself, or `validate` in a folder in it.
  private static func folders(below path: String, depth: Int) throws(PartFault) -> [String] {
    let path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
    let names: [String]
    do throws(FileError) {
      guard try FileLook(path: path + "/.")?.kind == .folder else { return [] }
      names = try Directory.names(in: path, beginningWith: "").filter { !$0.hasPrefix(".") }
    } catch {
      throw .file(error)
    }
    if names.contains("summary.json") || names.contains("issues.csv") || path.hasSuffix("/validate") { return [path] }
    if names.contains("validate") { return [path + "/validate"] }
    guard depth > 1 else { return [] }
    var found: [String] = []
    for name in names.sorted() { found += try folders(below: path + "/" + name, depth: depth - 1) }
    return found
  }

  init(folder: String) throws(PartFault) {
    self.folder = folder
    let path = folder + "/summary.json"
    guard Directory.hasFile(path) else { throw .unfinished(path: folder) }
    let file = try PartFile(path: path)
    let text = try file.bytes(at: 0, count: min(file.byteCount, Self.mostBytes))
    guard let json = try? JSONValue(parsing: text), json["command"]?.string == "validate",
      let fileName = json["file"]?["name"]?.string, let byteCount = json["file"]?["bytes"]?.integer,
      (0...Self.mostFileBytes).contains(byteCount),
      let digest = json["file"]?["sha256"]?.string.flatMap({ SHA256Digest(hex: $0) }),
      let verdict = json["verdict"]?.string.flatMap({ Verdict(rawValue: $0) }),
      let read = Self.count(json["records"]?["read"]), let valid = Self.count(json["records"]?["valid"]),
      let without = Self.count(json["rows_without_amount"], orNone: 0), let outcomes = Self.outcomes(json["outcomes"]),
      let findings = Self.findings(json["issues"]), let money = Self.money(json["money"])
    else { throw .damaged(path: path, why: "it is no summary of validate that this version knows") }
    (self.fileName, self.byteCount, self.digest, self.verdict) = (fileName, byteCount, digest, verdict)
    (recordsRead, recordsValid, self.findings) = (read, valid, findings)
    (moneyRead, self.money) = money
    (rowsWithoutMoney, self.outcomes) = (without, outcomes)
  }

  /// Rows, so few that sums of any number of parts can be counted.
  private static func count(_ json: JSONValue?, orNone: Int? = nil) -> Int? {
    guard let json else { return orNone }
    return json.integer.flatMap { (0...mostRows).contains($0) ? Int($0) : nil }
  }

  private static func outcomes(_ json: JSONValue?) -> [RowOutcome: Int]? {
    var counts: [RowOutcome: Int] = [:]
    for outcome in RowOutcome.allCases {
      guard let count = count(json?[outcome.rawValue], orNone: 0) else { return nil }
      counts[outcome] = count
    }
    return counts
  }

  private static func findings(_ json: JSONValue?) -> [FindingCount]? {
    var counts: [FindingCount] = []
    for issue in json?.array ?? [] {
      guard let code = issue["code"]?.string.flatMap({ FindingCode(rawValue: $0) }),
        let severity = issue["severity"]?.string.flatMap({ Severity(rawValue: $0) }),
        let count = count(issue["count"]), let first = Self.count(issue["first_record"])
      else { return nil }
      counts.append(FindingCount(code: code, severity: severity, count: count, firstRecord: first))
    }
    return json?.array == nil ? nil : counts
  }

  private static func money(
    _ json: JSONValue?
  ) -> (read: [CurrencyCode: Int64], by: [CurrencyCode: [RowOutcome: Int64]])? {
    guard let members = json?.object?.members else { return nil }
    var read: [CurrencyCode: Int64] = [:]
    var sums: [CurrencyCode: [RowOutcome: Int64]] = [:]
    for member in members {
      guard let currency = CurrencyCode(member.key), let sum = amount(member.value["read"]) else { return nil }
      read[currency] = sum
      for outcome in RowOutcome.allCases {
        guard let part = member.value[outcome.rawValue] else { continue }
        guard let sum = amount(part) else { return nil }
        sums[currency, default: [:]][outcome] = sum
      }
    }
    return (read, sums)
  }

  private static func amount(_ json: JSONValue?) -> Int64? {
    json?.integer.flatMap { (-mostMoney...mostMoney).contains($0) ? $0 : nil }
  }
}
