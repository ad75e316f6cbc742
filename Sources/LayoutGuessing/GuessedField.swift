/// A field of the layout that is guessed.
struct GuessedField {
  /// The field's path.
  let path: String
  /// What fills it, as JSON.
  let value: String
  /// What isn't sure of it: told above it, behind the mark.
  var doubts: [String] = []
  /// What is good to know of it.
  var remarks: [String] = []
}
