import BillIntake
import BillModel
import BillReports
import DurableFiles
import SchemaRules

/// Where a file's report lies. The same bytes may be submitted to several environments, a test and a live one, with
/// one folder of reports: none writes over the report of another.
extension FileSubmission {
  /// How many environments can have a report of one file; the last folder is taken by all beyond.
  private static let mostEnvironments = 100
  private static let mostBytes = 16 << 20

  /// Where the rows go, as the report says it; `nil` for a rehearsal, whose end is nowhere.
  var environment: EnvironmentStamp? { settings.occasion == .rehearsal ? nil : settings.environment }

  /// `submit`, or `submit-2` where another environment's report lies there, and so on.
  func folder(_ fileName: String, _ check: FileCheck) -> ReportFolder {
    func folder(_ number: Int) -> ReportFolder {
      let suffix = number == 1 ? "" : "-\(number)"
      return ReportFolder(
        reports: settings.reports, fileName: fileName, digest: check.digest, command: settings.command + suffix)
    }
    guard let environment else { return folder(1) }
    let free = (1..<Self.mostEnvironments).first { Self.isOurs(folder($0), environment) }
    return folder(free ?? Self.mostEnvironments)
  }

  /// Whether a folder has this environment's report, or none that says where its rows went.
  private static func isOurs(_ folder: ReportFolder, _ environment: EnvironmentStamp) -> Bool {
    guard let glimpse = try? FileGlimpse(path: folder.path + "/summary.json", headLimit: mostBytes),
      let summary = try? JSONValue(parsing: glimpse.head), let stamp = summary["environment"]
    else { return true }
    return stamp["endpoint"]?.string == environment.origin && stamp["mode"]?.string == environment.mode.rawValue
      && stamp["merchant"]?.string == environment.merchant
  }
}
