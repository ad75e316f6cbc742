/// What the API shows of a sum that rows add to, against what the ledger knows of it.
extension CodeExplanation {
  static let balanceTakenBack = takenBack(
    "the balance", example: "CR-9 made it -80.00; then CR-8's lost request set -50.00.")
  static let paymentTakenBack = takenBack(
    "what was paid on the bill", example: "PAY-9 made it 80.00; then PAY-8's lost request set 50.00.")
  static let balanceUnknownMark = unknownMark(
    "balance", "party", example: "billdrop_credit is CR-9 there, and the ledger knows CR-8 alone.")
  static let paymentUnknownMark = unknownMark(
    "payment", "bill", example: "billdrop_payment is PAY-9 there, and the ledger knows PAY-8 alone.")
  static let balanceMarkMissing = markMissing("billdrop_credit", "party")
  static let paymentMarkMissing = markMissing("billdrop_payment", "bill")

  private static func takenBack(_ sum: String, example: String) -> Self {
    Self(
      "A request whose answer was lost landed late, and set \(sum) back to before later additions.",
      why:
        "The API has no condition on a change: it can't tell that a request is an old one. The mark beside the sum does.",
      example: example,
      cure:
        "Updated or created: it is put right, and a payment of somebody else's between the two is to be looked for. In "
        + "conflict: what the API shows is no sum of ours, and nothing was changed; compare, set the sum right there, and send "
        + "the row with --retry refused --other-marks add.")
  }

  private static func unknownMark(_ kind: String, _ object: String, example: String) -> Self {
    Self(
      "What was added last to this \(kind == "payment" ? "bill's payments" : "balance") is none that this ledger knows.",
      why:
        "Another ledger adds to it, or this one is an older copy or a new file by a mistyped --ledger: it would add again "
        + "what is in already. Where the mark is the row's own, nothing tells with what amount it is in.",
      example: example,
      cure: "Use the ledger that sent it. If there is none any more, compare the \(object) with your own figures; then "
        + "--retry refused --other-marks add sends the row to what the API shows.")
  }

  private static func markMissing(_ name: String, _ object: String) -> Self {
    Self(
      "The \(object) doesn't have our mark of what was added last any more.",
      why:
        "Somebody has changed its metadata, and perhaps the sum: what is shown was taken as it is, unless a request of ours "
        + "is in doubt, or the sum is as it was before what was confirmed.",
      example: "\(name) was CR-9 after the last file, and is gone.",
      cure:
        "Find out who changes the \(object), and compare its sum. In conflict: --retry refused --other-marks add sends "
        + "the row to what the API shows.")
  }
}
