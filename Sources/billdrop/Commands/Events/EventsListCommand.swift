import BillModel
import BillReports
import FileRuns
import PaymentEvents
import Reconciling

/// `billdrop events list`.
enum EventsListCommand {
  static func run(_ invocation: Invocation) -> ExitStatus {
    do throws(RunFault) {
      let listing = try EventListing(ledger: try EventsPlace.ledger(invocation))
      let asJSON = invocation.has("--format")
      let limit = invocation.count("--limit") ?? (asJSON ? Int.max : 20)
      let events = Array(listing.events.suffix(limit))
      let text =
        asJSON
        ? EventsJSON(listing: listing, events: events).text
        : EventsText(listing: listing, events: events, screen: Console.answersScreen).text
      return Console.answer(text) || Console.readerHasLeft ? .accepted : .inputOutput
    } catch {
      Console.message("billdrop: \(error.explanation)")
      return ExitStatus(error)
    }
  }
}
