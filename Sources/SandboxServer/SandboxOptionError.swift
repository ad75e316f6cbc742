/// What is wrong with an option of the sandbox.
package enum SandboxOptionError: Error, Equatable, Sendable {
  /// No such reading, or no such way to read it.
  case unknownReading(String)
  /// No such fault, or no probability from 0 to 1, or together more than 1.
  case badFaults(String)

  /// A sentence for the person who typed it.
  package var message: String {
    switch self {
    case .unknownReading(let part): "unknown reading '\(part)'; known are \(Readings.synopsis)"
    case .badFaults(let part): "bad fault '\(part)'; known are \(FaultRates.synopsis), each =0…1, together at most 1"
    }
  }
}
