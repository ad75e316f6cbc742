import BillIntake
import Drops
import DurableFiles
import FileRuns
import RunConfiguration
import Tabular

/// What of a file's report is put where its sender looks for it.
struct ReportDelivery {
  private let settings: DeliverySettings

  init(_ settings: DeliverySettings) { self.settings = settings }

  /// What of a report the sender is to get; `summary.json` last, since its presence says that it is whole. Nothing where he
  /// is to get nothing.
  func files(of report: String) throws(RunFault) -> [OutgoingFile] {
    guard settings.parts?.isEmpty != true else { return [] }
    let names: [String]
    do throws(FileError) { names = try Directory.names(in: report, beginningWith: "") } catch { throw .file(error) }
    let chosen = names.filter { !$0.hasPrefix(".") && isWanted($0) }.sorted { rank($0) < rank($1) }
    return chosen.map { name in
      OutgoingFile(name: settings.filter == nil ? name : name + settings.ending) { () throws(DropError) in
        try open(report + "/" + name)
      }
    }
  }

  /// A file of the report, through the filter where there is one. A filter that fails leaves nothing of the file.
  private func open(_ path: String) throws(DropError) -> ByteSource {
    do throws(InputError) {
      guard let command = settings.filter else { return try ByteSource(path: path) }
      return try FileFilter(command: command).open(path)
    } catch {
      throw .input(error)
    }
  }

  /// Whether a file of the report is one of the parts; the rows to mend are called after their file's format.
  private func isWanted(_ name: String) -> Bool {
    guard let parts = settings.parts else { return true }
    return parts.contains(name) || parts.contains("rejected") && name.hasPrefix("rejected.")
  }

  private func rank(_ name: String) -> (Int, String) { (name == "summary.json" ? 1 : 0, name) }

  /// `bills.csv-0123456789ab` of `REPORTS/bills.csv-0123456789ab/submit`.
  static func folderName(_ report: String) -> String {
    String(report.split(separator: "/").dropLast().last ?? "report")
  }
}
