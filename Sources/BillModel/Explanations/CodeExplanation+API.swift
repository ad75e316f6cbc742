/// What the API said, or didn't.
extension CodeExplanation {
  static let refused = Self(
    "The API took the request and said no.",
    why: "It knows rules that no file shows: a blocked customer, a limit of the merchant.",
    example: "422: This customer can't be billed.",
    cure: "Mend the row (it is in rejected.*) and submit that file; or --retry refused, if the cause is mended there.")
  static let conflict = Self(
    "A bill of this reference is there already, and differs; or an account, a balance or a payment isn't as its row says.",
    why: "Money that payers were told of is never changed by a file.",
    example: "INV-7 is there for 240.00, and the row says 420.00.",
    cure:
      "Compare both. A bill that must change is voided, and raised again under another reference; where the account is "
      + "another customer's, none was raised: correct the row, or the account. What is right then goes in a new file, also of "
      + "a balance or a payment.")
  static let unknown = Self(
    "A request was sent, or was about to be, and what became of it is not known yet.",
    why: "The connection broke, or the answer can't be trusted. To send it under a new key might raise it twice.",
    example: "The API's gateway answered 504 five times.",
    cure: "Run the same command again, or billdrop settle FILE: both find out, and neither raises a bill twice.")
  static let voidedNotRaised = Self(
    "A bill was voided to be corrected, and the one in its place was refused.",
    why: "A void can't be undone: for now the customer has no bill at all.",
    example: "INV-7 is voided; INV-7-R1 was answered 422.",
    cure:
      "Mend the cause at the API and run the same command again: it raises the bill. Or mend the row, and submit that.")
  static let voidUnclear = Self(
    "A bill that was to be corrected is voided, and whether by its row or by somebody else is not known.",
    why:
      "The void's answer was lost, and the API doesn't tell whose it was. What somebody else has cancelled isn't raised "
      + "again: for now the customer may have no bill.",
    example: "INV-7 is voided, the API took the repeat of its void for new, and INV-7-R1 is not raised.",
    cure:
      "Find out whether somebody else has cancelled the bill. Where nobody has, a bill's row for the next reference raises "
      + "it; then --strike-off says that nothing is left to do.")
  static let paymentNotNoted = Self(
    "The bill is raised, and what was paid of it before is not noted on it.",
    why: "The API said no to the payment, or shows another one that came since.",
    example: "120.00 were paid before, and the bill shows 240.00 by now.",
    cure: "Look at the bill, and note what is right with a file of payments.")
  static let newerFile = Self(
    "A newer file has set this balance already, or added to it.",
    why:
      "An older file that comes late would put an outdated balance back. What an older file adds may be in the balance that "
      + "a newer one has set, or not.",
    example: "The file of 1 July comes after that of 2 July was taken.",
    cure:
      "For a balance nothing is to be done: the newer file's stands. A credit isn't added by this row: where the newer "
      + "file's balance leaves it out, send it in a file of a later date.")
  static let partyFailed = Self(
    "A customer or account that the bill needs could not be had.",
    why: "A bill without its payer can't be raised.", example: "The account was refused.",
    cure: "See the finding of the row that was to create it.")
}
