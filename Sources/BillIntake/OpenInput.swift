import Tabular

/// An input that is open: the stream of pass one, and what can be read again after it.
struct OpenInput {
  let source: ByteSource
  let again: RereadableInput
  /// Where the bytes of a stream that comes only once are kept as they pass.
  let copy: TemporaryFile?

  /// - Throws: `IntakeError.input` where it can't be opened, `.temporary` where the copy can't be made.
  init(_ input: IntakeInput, temporaryFolder: String) throws(IntakeError) {
    switch input {
    case .file(let path):
      source = try Self.open(path)
      if source.expectedBytes != nil {
        again = try RereadableInput(path: path)
        copy = nil
        return
      }
    case .standardInput: source = ByteSource.standardInput()
    case .memory(let bytes, let name):
      source = ByteSource(bytes: bytes, name: name)
      again = RereadableInput(bytes: bytes, name: name)
      copy = nil
      return
    }
    let file = try TemporaryFile(folder: temporaryFolder)
    copy = file
    again = RereadableInput(copy: file, name: source.name)
  }

  /// The stream of an input that is read once only.
  static func stream(_ input: IntakeInput) throws(IntakeError) -> ByteSource {
    switch input {
    case .file(let path): try open(path)
    case .standardInput: ByteSource.standardInput()
    case .memory(let bytes, let name): ByteSource(bytes: bytes, name: name)
    }
  }

  private static func open(_ path: String) throws(IntakeError) -> ByteSource {
    do { return try ByteSource(path: path) } catch { throw .input(error) }
  }
}
