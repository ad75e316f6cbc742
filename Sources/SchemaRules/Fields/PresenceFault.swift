/// Why the columns that are present in a row can't make the object. Paths are field paths; the root's path is "".
package enum PresenceFault: Hashable, Sendable {
  /// `object` is there (or is the row), and lacks the member `path`.
  case missing(path: String, object: String)
  /// `path` is there, and what must come with it isn't (`dependentRequired`).
  case needs(path: String, needed: String)
  /// `path` is given both as a value of its own (an id) and by members of an object.
  case bothForms(path: String)
  /// None of the alternatives of `oneOf` or `anyOf` is there.
  case noneOf([String], object: String)
  /// More than one of the alternatives of `oneOf` is there.
  case severalOf([String], object: String)
  /// Members that exclude each other (`not`) are there together.
  case excluded([String], object: String)
  /// More members than `maxProperties`.
  case tooMany(object: String, count: Int, maximum: Int)
  /// Fewer members than `minProperties`.
  case tooFew(object: String, count: Int, minimum: Int)
}
