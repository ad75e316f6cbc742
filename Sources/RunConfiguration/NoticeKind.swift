/// What people are told of.
package enum NoticeKind: String, CaseIterable, Hashable, Sendable {
  /// A file came to its end.
  case finish
  /// A file needs somebody.
  case problem
  /// An expected file has not come.
  case missing
}
