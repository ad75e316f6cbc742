/// Why the text of one field breaks its rules, with what a message needs. No storage of its own.
package enum FieldFault: Hashable, Sendable {
  /// Not an integer as we take it: see `IntegerFault`.
  case integer(IntegerFault)
  /// An integer below the least.
  case belowMinimum(Int64)
  /// An integer above the greatest (also one that doesn't fit in 64 bits).
  case aboveMaximum(Int64)
  /// Fewer characters (code points) than the least.
  case tooShort(length: Int, minimum: Int)
  /// More characters (code points) than the most.
  case tooLong(length: Int, maximum: Int)
  /// Doesn't match `FieldRule.patterns[index]`.
  case pattern(index: Int)
  /// Falls under `FieldRule.exclusions[index]` (`not` in the schema), for example a reserved prefix.
  case excluded(index: Int)
  /// Not of the form `YYYY-MM-DD`.
  case dateFormat
  /// Of the form `YYYY-MM-DD`, and no day of the calendar.
  case dateImpossible
  /// Not a mail address: see `EmailFault`.
  case email(EmailFault)
  /// Not one of `FieldRule.choices`.
  case notAChoice
  /// Matches so many of `FieldRule.alternatives`: none, or more than the one that it must be.
  case alternatives(matching: Int)
}
