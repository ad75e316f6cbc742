import SandboxServer

/// What is wrong with the command line.
enum UsageError: Error, Equatable {
  case unknownOption(String)
  case missingValue(String)
  case badValue(option: String, value: String, expected: String)
  case refused(SandboxOptionError)

  /// A sentence for the person who typed it.
  var message: String {
    switch self {
    case .unknownOption(let name): "unknown option '\(name)'"
    case .missingValue(let name): "\(name) needs a value"
    case .badValue(let option, let value, let expected): "\(option) takes \(expected), not '\(value)'"
    case .refused(let error): error.message
    }
  }
}
