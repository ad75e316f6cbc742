/// How it is known that a quote was left open.
package enum UnclosedQuoteEvidence: String, Hashable, Sendable {
  /// The input ended.
  case endOfInput
  /// A later line closes it, but there the field goes on: what closes it is the opening quote of a later field.
  case bytesAfterLaterQuote
  /// The record, line ends and all, grew past the limit.
  case recordTooLong
}
