import BillIntake
import DurableFiles
import Tabular

extension IntakeInput {
  /// Where the file lies that is read, from the root on; `nil` where it is none.
  var wholePath: String? {
    switch self {
    case .file(let path), .filtered(let path, _): Self.whole(path)
    case .arriving(let file): Self.whole(file.path)
    case .standardInput, .memory: nil
    }
  }

  private static func whole(_ path: String) -> String {
    do throws(FileError) { return try Directory.resolved(path) } catch { return path }
  }
}
