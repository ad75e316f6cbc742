package import SchemaRules
package import Tabular

/// Why a file can't be taken in. What is wrong *in* a file is a finding, not an error.
package enum IntakeError: Error, Hashable, Sendable {
  /// The input can't be opened or read.
  case input(InputError)
  /// The file is not what pass one read: its bytes up to `byteOffset` have another digest, or it has become shorter.
  case changed(name: String, byteOffset: Int64)
  /// The temporary file for findings, or for standard input, failed; `code` is the `errno` of the system call.
  case temporary(folder: String, operation: Operation, code: Int32)
  /// The schema has a rule that can't be judged by columns.
  case schema(SchemaError)
  /// More records than 4,294,967,294: what a record's number has room for.
  case tooManyRecords(name: String)

  /// What was being done with the temporary file.
  package enum Operation: String, Hashable, Sendable {
    case create, write, read
  }
}
