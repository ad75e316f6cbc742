/// Why a schema can't be compiled. A fault of the schema's author, with its place.
package struct SchemaError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// The document is no JSON.
    case notJSON(JSONParseError)
    /// A keyword outside of the supported subset (or misspelt). It is never passed over.
    case unknownKeyword(String)
    /// A known keyword in a form that isn't supported.
    case unsupported(keyword: String, why: String)
    /// A known keyword with a value that the specification doesn't allow.
    case malformed(keyword: String, expected: String)
    /// A pattern that is malformed or outside of the subset.
    case pattern(PatternError)
    /// A `$ref` whose target isn't there.
    case unresolvedReference(String)
  }

  package var reason: Reason
  /// Name of the document, as `$ref` has it; empty for the one that was given.
  package var document: String
  /// JSON pointer (RFC 6901) to the keyword in its document.
  package var pointer: String

  /// What is wrong, in one sentence without the place.
  package var message: String {
    switch reason {
    case .notJSON(let error): "not JSON: \(error)"
    case .unknownKeyword(let keyword): "the keyword \"\(keyword)\" is not supported"
    case .unsupported(let keyword, let why): "\"\(keyword)\": \(why)"
    case .malformed(let keyword, let expected): "\"\(keyword)\" must be \(expected)"
    case .pattern(let error): "\(error)"
    case .unresolvedReference(let reference): "there is no \"\(reference)\""
    }
  }
}

extension SchemaError: CustomStringConvertible {
  package var description: String { "\(document)#\(pointer): \(message)" }
}
