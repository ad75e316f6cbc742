extension RowOutcome {
  /// What it means for a row to have become this.
  package var explanation: CodeExplanation {
    switch self {
    case .created:
      CodeExplanation(
        "The bill was created by this file.", why: "The API confirmed it, with its id.",
        example: "INV-7 is there now, as bill_….", cure: "Nothing is to be done.")
    case .unchanged:
      CodeExplanation(
        "The bill was there already, and the same.", why: "Another run or program raised it: nothing was sent twice.",
        example: "The same rows in two files.", cure: "Nothing is to be done.")
    case .updated:
      CodeExplanation(
        "Something that existed was changed as the row asks.", why: "The API confirmed it.",
        example: "A new balance of an account.", cure: "Nothing is to be done.")
    case .rejected:
      CodeExplanation(
        "Our rules say no, and nothing of the row was sent.",
        why: "A finding tells what is wrong and what would be right.",
        example: "The amount is 12.50 where cents belong.",
        cure: "Mend the rows in rejected.*, and submit that file under the name of the first with .mended.")
    case .refused:
      CodeExplanation(
        "The API says no.", why: "What it said stands with the row.", example: "422: This customer can't be billed.",
        cure: "Mend the row and submit it again; or --retry refused, where the cause was mended at Moment's.")
    case .conflict:
      CodeExplanation(
        "A bill of this reference was there already, and differs.", why: "No bill is ever changed by a file.",
        example: "INV-7 for 240.00 there, for 420.00 here.",
        cure: "Compare both; void the old one and raise a new one under another reference, if the row is right.")
    case .skipped:
      CodeExplanation(
        "Nothing was asked for, by a rule that the layout states.",
        why: "The row is no bill: nothing is owed by it, or the customer has credit.",
        example: "A bill of 0, under \"zero_bills\": \"skip\".", cure: "Nothing is to be done.")
    case .unknown:
      CodeExplanation(
        "It was sent, and the answer is not known yet.", why: "A lost answer may hide a bill that was created.",
        example: "The connection broke.", cure: "Run the same command again, or billdrop settle FILE: it finds out.")
    case .notSent:
      CodeExplanation(
        "The row is good, and was not sent.", why: "The run ended before it, or the file is checked only.",
        example: "Stopped at row 4,000 of 10,000.", cure: "Run the same command again: it goes on there.")
    }
  }

  /// The outcome in words: `not sent`.
  package var words: String { self == .notSent ? "not sent" : rawValue }
}
