/// What a code means, for the person who meets it: the one source of `billdrop explain`, of `docs/codes.md` and of the
/// explanations in report pages.
package struct CodeExplanation: Hashable, Sendable {
  /// What was found, in a sentence or two.
  package let what: String
  /// Why that is told or not let through.
  package let why: String
  /// What it looks like.
  package let example: String
  /// What to do.
  package let cure: String

  package init(_ what: String, why: String, example: String, cure: String) {
    self.what = what
    self.why = why
    self.example = example
    self.cure = cure
  }
}
