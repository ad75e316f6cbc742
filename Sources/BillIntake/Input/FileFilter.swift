import ChildPrograms
package import Tabular

/// A program through which a file is read: decrypts or unpacks it, as a stream.
package struct FileFilter: Hashable, Sendable {
  /// The program and its arguments. `{file}` in an argument stands for the file's path; without one the file is the
  /// program's standard input.
  package var command: [String]

  package init(command: [String]) { self.command = command }

  /// The filter's output for the file at `path`, under that name. A filter that fails, or is cut short, makes the input
  /// damaged: its bytes so far can't be trusted.
  package func open(
    _ path: String, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws(InputError) -> ByteSource {
    let whole = command.map { $0.replacing("{file}", with: path) }
    let program: ChildProgram
    do throws(ChildProgramError) {
      program = try ChildProgram(whole, input: whole == command ? .file(path) : .nothing)
    } catch {
      throw .damaged(name: path, .filterFailed(error.message))
    }
    var hasEnded = false
    var count = 0
    return ByteSource(name: path, beforeDamage: { count }) { (buffer) throws(InputError) in
      if hasEnded { return 0 }
      count = program.read(into: buffer, isCancelled: isCancelled)
      guard count < buffer.count else { return count }
      hasEnded = true
      if isCancelled() { throw InputError.cancelled(name: path) }
      do throws(ChildProgramError) { try program.finish(isCancelled: isCancelled) } catch {
        if isCancelled() { throw InputError.cancelled(name: path) }
        throw InputError.damaged(name: path, .filterFailed(error.message))
      }
      return count
    }
  }
}
