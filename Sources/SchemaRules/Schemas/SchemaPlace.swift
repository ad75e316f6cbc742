/// A place in a schema document.
struct SchemaPlace: Hashable, Sendable {
  /// Name of the document; empty for the one that was given.
  var document: String
  /// JSON pointer (RFC 6901).
  var pointer: String

  /// The place of a member or element.
  func appending(_ token: String) -> Self {
    Self(document: document, pointer: pointer + "/" + JSONPointer.escape(token))
  }

  /// An error here.
  func error(_ reason: SchemaError.Reason) -> SchemaError {
    SchemaError(reason: reason, document: document, pointer: pointer)
  }
}
