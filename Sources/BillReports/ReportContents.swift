/// What billdrop writes into the folder of a file's report: whatever else lies there is somebody's own.
package struct ReportContents: Sendable {
  /// Files of one name in any report, whatever its file.
  private static let names: Set<String> = [
    "summary.json", "rows.csv", "issues.csv", "report.html", ReportWriter.unmaskedName, "plan.json", "receipt.json",
    "changes.csv", "references.bin", RejectedFile.reasonsName,
  ]
  private static let commands: Set<String> = [
    "validate", "plan", "rehearse", "submit", "ledger", "diff", "merge-reports",
  ]

  /// The names that the rows to mend may have.
  private let rejected: Set<String>

  /// - Parameter fileName: the file's name, as the report's folder has it.
  package init(fileName: String) {
    let plain = fileName.hasSuffix(".gz") ? String(fileName.dropLast(3)) : fileName
    let own = plain.lastIndex(of: ".").map { String(plain[plain.index(after: $0)...]) }
    let endings = Set(["csv", "txt", "dat"] + (own.map { [$0] } ?? []))
    rejected = Set(endings.flatMap { [RejectedFile.stem + $0, RejectedFile.stem + $0 + ".gz"] })
  }

  /// Whether a file of this name is part of the report.
  package func isPart(_ name: String) -> Bool {
    Self.names.contains(name) || rejected.contains(name) || name.hasPrefix(".billdrop-") && name.hasSuffix(".tmp")
  }

  /// Whether a folder of this name holds what a command reported: `submit`, `submit-2`.
  package static func isOfACommand(_ name: String) -> Bool {
    guard let dash = name.lastIndex(of: "-"), let number = Int(name[name.index(after: dash)...]), number > 1 else {
      return commands.contains(name)
    }
    return commands.contains(String(name[..<dash]))
  }
}
