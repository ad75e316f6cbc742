import Foundation

extension SFTPPlace {
  /// A feed of files with wide rows, which delivers a summary alone.
  static let wide = #""layout": "wide.json", "deliver": {"files": ["summary.json"]}"#

  /// The lines of the journal of the copy that is coming.
  var journal: [Substring] {
    guard let name = staged.first(where: { $0.contains("/.journal/") }) else { return [] }
    let text = try? String(contentsOfFile: workspace.path("ledger.sqlite.staging/\(name)"), encoding: .utf8)
    return (text ?? "").split(separator: "\n")
  }

  /// The path of a claimed file on the server's side; `nil` where none of that name is claimed.
  func claim(of name: String) -> String? {
    names("processing").map { path("processing/\($0)/\(name)") }.first { FileLooks.isFile($0) }
  }

  /// Waits until something is so; a program that ends meanwhile is a fault.
  func until(
    _ what: String, _ program: Program? = nil, atMost limit: Duration = .seconds(90), _ isSo: () throws -> Bool
  ) async throws {
    let deadline = ContinuousClock.now + limit
    while try !isSo() {
      guard ContinuousClock.now < deadline, program?.isRunning ?? true else {
        throw TestFault("never: \(what): \(program?.errorText() ?? "")")
      }
      try await Task.sleep(for: .milliseconds(3))
    }
  }
}
