package import BillModel

extension ReconcileStanding {
  /// What a person should know who finds this in a reconciliation.
  package var explanation: CodeExplanation {
    switch self {
    case .unreadable, .unknown, .ambiguous: ofEvents
    case .missingEvent, .notAtAPI, .notInReport, .reportDiffers, .changed, .refund: ofSources
    case .voided, .overpaid, .partPaid, .paid, .onBalance: ofObjects
    }
  }

  /// Amounts that have no place.
  private var ofEvents: CodeExplanation {
    switch self {
    case .unknown:
      CodeExplanation(
        "Something was paid that no file of this ledger raised, or that none of its bills fits.",
        why: "It may belong to another ledger or another system, to a row whose fate isn't known yet, or be in another "
          + "currency.",
        example: "An event names bill_7Qx, and no row has that id.",
        cure: "Run billdrop settle where rows are unknown; else find out who raised it.")
    case .ambiguous:
      CodeExplanation(
        "An event names an account or customer alone, and several of its bills fit.",
        why: "Which bill was paid is never guessed.", example: "240.00 for an account with two open bills.",
        cure: "billdrop reconcile with a key asks the API, which often tells; else ask Moment by the payment's id.")
    default:
      CodeExplanation(
        "An event can't be read, or contradicts one that came before it under the same id.",
        why: "Its amount is counted nowhere; the first one stands.", example: "Two amounts under one evt_….",
        cure: "Show both to Moment: billdrop events list has them.")
    }
  }

  /// Sources that differ.
  private var ofSources: CodeExplanation {
    switch self {
    case .missingEvent:
      CodeExplanation(
        "The API, or Moment's report, has a payment that no event told of.",
        why: "An event was lost, or came to nobody: the bill looks less paid than it is.",
        example: "The API says 240.00 paid, events tell of 100.00.",
        cure: "Ask Moment to send it again, or import it with billdrop events import.")
    case .notAtAPI:
      CodeExplanation(
        "Events tell of more than the API has on the bill.",
        why: "A payment was taken back, a file set the total anew, or the bill isn't there.",
        example: "An event of 240.00, and the API says that 0.00 was paid.", cure: "Ask Moment, by the payment's id.")
    case .notInReport:
      CodeExplanation(
        "An event lies within the period of Moment's report, which doesn't have it.",
        why: "What isn't reported isn't settled to your account.",
        example: "An event of the 25th, no line of the 25th.",
        cure: "Look into the report of the next day; ask Moment where it isn't there either.")
    case .reportDiffers:
      CodeExplanation(
        "A line of Moment's report says other things than the event of the same payment, or comes twice.",
        why: "One of the two is wrong about what was paid, or how much, or a payment is missing behind a line that is "
          + "there twice.",
        example: "The event is about INV-1, and the report's line of that payment names INV-5.",
        cure: "Ask Moment, by the payment's id.")
    case .changed:
      CodeExplanation(
        "The API has a bill otherwise than this ledger: voided by somebody else, or with another amount due.",
        why: "Somebody changed it past billdrop. A bill that is voided there is left out of what is billed.",
        example: "Voided in Moment's dashboard.",
        cure: "Find out who did it; raise another bill where the amount is still owed.")
    default:
      CodeExplanation(
        "Moment's report has a refund.", why: "No event tells of refunds: by events the bill stays paid.",
        example: "A line Refund of 240.00.", cure: "Note it where the payment was noted.")
    }
  }

  /// What was paid.
  private var ofObjects: CodeExplanation {
    switch self {
    case .voided:
      CodeExplanation(
        "A bill was paid that is voided.",
        why: "The payer had the old one, or paid an account whose only bill it was.",
        example: "Voided on Monday, paid on Tuesday.",
        cure: "Return the amount, or raise a bill that it can stand on.")
    case .overpaid:
      CodeExplanation(
        "More was paid on a bill than is due.", why: "Paid twice, or too much at once.",
        example: "Due 240.00, paid 480.00.", cure: "Return what is too much, or set it against the next bill.")
    case .partPaid:
      CodeExplanation(
        "A part of what is due was paid.", why: "The rest is open.", example: "Due 240.00, paid 100.00.",
        cure: "Nothing is to be done.")
    case .onBalance:
      CodeExplanation(
        "An amount was paid towards the balance of an account or customer without bills.",
        why: "The API lowers the balance by itself.", example: "100.00 paid on an account that owes 240.00.",
        cure: "See to it that the next file of balances knows of the payment.")
    default:
      CodeExplanation(
        "All that is due on a bill was paid.", why: "By events, and by the API where it was asked.",
        example: "Due 240.00, paid 240.00.", cure: "Nothing is to be done.")
    }
  }
}
