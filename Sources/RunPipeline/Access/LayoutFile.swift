package import BillLayouts
import SchemaRules
package import Tabular

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A layout that the command line or the configuration names: a file, or the name of one that is built in.
package struct LayoutFile {
  /// The greatest layout file that is read, in bytes.
  package static let mostBytes = 1 << 20

  /// What people call it: the path or the name.
  package let name: String
  package let text: [UInt8]

  /// - Parameter waits: Whether a pipe is waited for that may have nothing to read for long.
  /// - Throws: `InputError` where it can't be read, or is too large.
  package init(_ operand: String, waits: Bool = true) throws(InputError) {
    name = operand
    if !operand.contains("/"), let builtIn = Layout.builtInText(named: operand) {
      text = builtIn
      return
    }
    let source = try ByteSource(path: operand)
    guard waits || source.expectedBytes != nil else {
      throw .failed(name: operand, operation: .open, code: EINVAL, byteOffset: 0)
    }
    var bytes = [UInt8](repeating: 0, count: Self.mostBytes + 1)
    var fault: InputError?
    let count = bytes.withUnsafeMutableBytes { buffer -> Int in
      do throws(InputError) { return try source.read(into: buffer) } catch {
        fault = error
        return 0
      }
    }
    if let fault { throw fault }
    guard count <= Self.mostBytes else {
      throw .failed(name: operand, operation: .read, code: EFBIG, byteOffset: Int64(Self.mostBytes))
    }
    text = Array(bytes.prefix(count))
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
          message: "The environment variable \(variable) must hold a key of at least 32 bytes for its step hmac.")
      ]
    case .schema(let error): return [Mistake(line: 1, pointer: "", message: "The schemas can't be used: \(error)")]
    case .mistakes(let found):
      let lines = JSONLines(text)
      return found.map { Mistake(line: lines.line(of: $0.pointer), pointer: $0.pointer, message: $0.message) }
        .sorted { $0.line < $1.line }
    }
  }
}
