/// What the API said, or didn't.
extension CodeExplanation {
  static let refused = Self(
    "The API took the request and said no.",
    why: "It knows rules that no file shows: a blocked customer, a limit of the merchant.",
    example: "422: This customer can't be billed.",
    cure: "Mend the row (it is in rejected.*) and submit that file; or --retry refused, if the cause is mended there.")
  static let conflict = Self(
    "A bill of this reference is there already, and differs.",
    why: "Money that payers were told of is never changed by a file.",
    example: "INV-7 is there for 240.00, and the row says 420.00.",
    cure: "Compare both. A bill that must change is voided, and raised again under another reference.")
  static let unknown = Self(
    "A request was sent, and what became of it is not known yet.",
    why: "The connection broke, or the answer can't be trusted. To send it under a new key might raise it twice.",
    example: "The API's gateway answered 504 five times.",
    cure: "Run the same command again, or billdrop settle FILE: both find out, and neither raises a bill twice.")
  static let partyFailed = Self(
    "A customer or account that the bill needs could not be had.",
    why: "A bill without its payer can't be raised.", example: "The account was refused.",
    cure: "See the finding of the row that was to create it.")
  static let balanceNewerFile = Self(
    "A newer file has set this balance already.",
    why: "Files can come late: what an older one says would put the balance back.",
    example: "Yesterday's file is submitted after today's.", cure: "Nothing is to be done: the newer balance stands.")
}
