import FileRuns
import RunPipeline

extension RunOutcome {
  /// Why the work on it failed, in sentences: without its own name before them, with how far it has come.
  func words(of fault: RunFault) -> String {
    var words = fault.explanation
    if words.hasPrefix("\(file): ") { words.removeFirst(file.count + 2) }
    if let standing { words = Self.sentence(words) + " " + standing }
    return words
  }

  /// A text, and where the file lies if that isn't in it.
  func withPlace(_ text: String) -> String {
    guard let path, !text.contains(path) else { return text }
    return "\(Self.sentence(text)) It lies in \(path)."
  }

  private static func sentence(_ text: String) -> String {
    text.hasSuffix(".") || text.hasSuffix("?") ? text : text + "."
  }
}
