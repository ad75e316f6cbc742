import Foundation

/// A folder of its own for one test: inputs, ledger, reports. Removed with the object.
final class Workspace: Sendable {
  let folder: URL
  private let givenLedger: String?

  /// - Parameter ledger: The address of the ledger, where it isn't a file of the folder.
  init(ledger: String? = nil) throws {
    givenLedger = ledger
    folder = FileManager.default.temporaryDirectory.appending(path: "billdrop-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appending(path: name).path }

  var ledger: String { givenLedger ?? path("ledger.sqlite") }
  var reports: String { path("reports") }

  /// Writes a file and returns its path.
  func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

  /// The report that a command wrote for a file: the only folder of that name under `reports`.
  func report(of fileName: String, command: String) throws -> ReportFiles {
    let names = try FileManager.default.contentsOfDirectory(atPath: reports).filter { $0.hasPrefix(fileName + "-") }
    guard let name = names.first, names.count == 1 else { throw TestFault("reports of \(fileName): \(names)") }
    return ReportFiles(folder: URL(filePath: reports).appending(path: name).appending(path: command))
  }

  /// Names of all files below the folder whose bytes contain `text`.
  func files(containing text: String) throws -> [String] {
    let needle = Data(text.utf8)
    guard let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else { return [] }
    return all.compactMap { $0 as? URL }.filter { (try? Data(contentsOf: $0))?.range(of: needle) != nil }.map(\.path)
  }
}
