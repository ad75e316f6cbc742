import BillModel
package import SchemaRules

extension SchemaViolation {
  /// What is wrong, and the name that may be meant where a member isn't known.
  package var words: String {
    guard let unknown, let near = NearestName.of(unknown.name, among: unknown.known) else { return message }
    return "\(message): did you mean \"\(near)\"?"
  }
}
