import BillModel
import DurableFiles
import Hashing
import SchemaRules

/// The report of one part, as `billdrop validate` wrote it.
package struct PartReport: Sendable {
  /// Most bytes of a summary that are read.
  private static let mostBytes = 64 << 20

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
    for (index, folder) in folders.enumerated() where folders[..<index].contains(folder) { throw .twice(path: folder) }
    var reports: [PartReport] = []
    for folder in folders { reports.append(try PartReport(folder: folder)) }
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
      let digest = json["file"]?["sha256"]?.string.flatMap({ SHA256Digest(hex: $0) }),
      let verdict = json["verdict"]?.string.flatMap({ Verdict(rawValue: $0) }),
      let read = json["records"]?["read"]?.integer, let valid = json["records"]?["valid"]?.integer,
      let findings = Self.findings(json["issues"]), let money = Self.money(json["money"])
    else { throw .damaged(path: path, why: "it is no summary of validate that this version knows") }
    (self.fileName, self.byteCount, self.digest, self.verdict) = (fileName, byteCount, digest, verdict)
    (recordsRead, recordsValid, self.findings) = (Int(read), Int(valid), findings)
    (moneyRead, self.money) = money
    rowsWithoutMoney = (json["rows_without_amount"]?.integer).map { Int($0) } ?? 0
    outcomes = RowOutcome.allCases.reduce(into: [:]) { counts, outcome in
      counts[outcome] = (json["outcomes"]?[outcome.rawValue]?.integer).map { Int($0) }
    }
  }

  private static func findings(_ json: JSONValue?) -> [FindingCount]? {
    var counts: [FindingCount] = []
    for issue in json?.array ?? [] {
      guard let code = issue["code"]?.string.flatMap({ FindingCode(rawValue: $0) }),
        let severity = issue["severity"]?.string.flatMap({ Severity(rawValue: $0) }),
        let count = issue["count"]?.integer, let first = issue["first_record"]?.integer
      else { return nil }
      counts.append(FindingCount(code: code, severity: severity, count: Int(count), firstRecord: Int(first)))
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
      guard let currency = CurrencyCode(member.key), let sum = member.value["read"]?.integer else { return nil }
      read[currency] = sum
      for outcome in RowOutcome.allCases {
        sums[currency, default: [:]][outcome] = member.value[outcome.rawValue]?.integer
      }
    }
    return (read, sums)
  }
}
