/// Why a program can't be run.
package struct ChildProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The program's name, as it was given.
  package var program: String
  /// One sentence, with the end of the program's own last words, masked, where it left any.
  package var message: String

  package var description: String { message }
}
