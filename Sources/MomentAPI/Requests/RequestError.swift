/// A request that can't be built: a fault of the caller's, never of a row that passed the checks.
package enum RequestError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The reference is empty, `.` or `..`, or begins like an id, and can't stand in a path.
  case ambiguousReference(String)
  /// The id hasn't the form of its kind: `bill_…`, `bacc_…`, `bcus_…`.
  case malformedID(String)
  /// The body form names a party that the bill's own party can't be.
  case formDoesNotFit

  package var description: String {
    switch self {
    case .ambiguousReference(let text):
      "the reference \"\(text)\" can't be looked up: it could be taken for an id or a path"
    case .malformedID(let text): "\"\(text)\" is no id of this kind"
    case .formDoesNotFit: "the body form doesn't fit the bill's party"
    }
  }
}
