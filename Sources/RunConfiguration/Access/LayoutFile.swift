package import BillLayouts
package import DurableFiles
import SchemaRules

/// A layout that the command line or the configuration names: a file, or the name of one that is built in.
package struct LayoutFile {
  /// The greatest layout file that is read, in bytes.
  private static let mostBytes = 1 << 20

  /// What people call it: the path or the name.
  package let name: String
  package let text: [UInt8]

  package init(_ operand: String) throws(SmallFileFault) {
    name = operand
    if !operand.contains("/"), let builtIn = Layout.builtInText(named: operand) {
      text = builtIn
      return
    }
    text = try SmallFile(path: operand, mostBytes: Self.mostBytes).bytes
  }

  /// A mistake and where it is.
  package struct Mistake {
    package let line: Int
    /// A JSON pointer; empty for the whole.
    package let pointer: String
    package let message: String
  }

  /// What is wrong with it, by line; for a fault that is no mistake of the file's author, one at its beginning.
  package func mistakes(_ error: LayoutError) -> [Mistake] {
    switch error {
    case .notJSON(let fault):
      return [Mistake(line: fault.line, pointer: "", message: "column \(fault.column): \(fault.message).")]
    case .missingKey(let variable):
      return [
        Mistake(
          line: 1, pointer: "",
          message:
            "The environment variable \(variable) must hold a key of at least 32 bytes for its step hmac. Make one with "
            + "openssl rand -hex 32, and keep it: under another key a bill has another reference, and is raised anew.")
      ]
    case .schema(let error): return [Mistake(line: 1, pointer: "", message: "The schemas can't be used: \(error)")]
    case .mistakes(let found):
      let lines = JSONLines(text)
      return found.map { Mistake(line: lines.line(of: $0.pointer), pointer: $0.pointer, message: $0.message) }
        .sorted { $0.line < $1.line }
    }
  }
}
