import BillIntake
import DurableFiles
import Tabular

extension IntakeInput {
  /// Where the file lies that is read, from the root on; `nil` where it is none.
  var wholePath: String? {
    switch self {
    case .file(let path), .filtered(let path, _): Directory.fromRoot(path)
    case .arriving(let file): Directory.fromRoot(file.path)
    case .standardInput, .memory: nil
    }
  }
}
