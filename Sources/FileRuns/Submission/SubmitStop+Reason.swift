import BillModel
package import BillReports
import MomentAPI
package import SubmitPass

extension SubmitStop {
  /// Why it ended, in a sentence; `nil` where it came to its end.
  package var reason: String? { reason(accounting: Accounting(recordsRead: 0, moneyRead: [:])) }

  /// Why the file run must be started again, in a sentence; `nil` where nothing is left to do. `scope`: of what was run.
  /// `voidedOnly`: bills that were voided to be corrected, and have none in their place. `uncompared`: parties that are still
  /// to be compared, for which nothing was sent.
  package func reason(
    accounting: Accounting, openParties: Int = 0, uncompared: Int = 0, voidedOnly: Int = 0, scope: SubmitScope = .all
  ) -> String? {
    let unknown = accounting.outcomes[.unknown] ?? 0
    let unsent = accounting.outcomes[.notSent] ?? 0
    switch self {
    case .finished:
      guard unknown + unsent + openParties + uncompared + voidedOnly > 0 else { return nil }
      let parts = [
        voidedOnly > 0
          ? "\(voidedOnly) \(voidedOnly == 1 ? "bill was" : "bills were") voided, with none in its place" : nil,
        unknown > 0 ? "\(unknown) \(unknown == 1 ? "row is" : "rows are") unknown" : nil,
        unsent > 0 ? "\(unsent) \(unsent == 1 ? "row was" : "rows were") not sent" : nil,
        openParties > 0
          ? "\(openParties) \(openParties == 1 ? "party is" : "parties are") not known yet to be as asked"
          : nil,
        uncompared > 0
          ? "\(uncompared) \(uncompared == 1 ? "party is" : "parties are") not compared with the API yet" : nil,
      ]
      let next =
        scope == .all || unknown + openParties + voidedOnly > 0
        ? "run the same command again"
        : uncompared > 0
          ? "billdrop submit with --update-parties goes on" : "billdrop submit goes on with the rows not sent"
      return "\(parts.compactMap { $0 }.joined(separator: " and ")); \(next)."
    case .interrupted: return "Interrupted; run the same command again and it goes on."
    case .unauthorised(let problem):
      return "The API refused the key: \(problem). Give the right one (MOMENT_API_KEY, --key-file or the "
        + "configuration); then the same command goes on."
    case .noSuchPath(let origin, let problem):
      return "The API has no POST /billing/bills there (\(problem)): is the path behind \(origin) in the endpoint "
        + "right? Run the same command again with the right --endpoint, and it goes on."
    case .unreachable(let last):
      return "The API gave no usable answer for too long; the last trouble: \(last). billdrop doctor looks at the "
        + "way to it; run the same command again, and it goes on."
    case .untrusted(let words):
      return "No secure connection to the API, and so nothing was sent: \(words). Is the endpoint right? Where its "
        + "certificate authority is your own, name its PEM file with --ca-file, and run the same command again."
    case .pausedTooLong(let milliseconds):
      return "The API asks for a pause of \(milliseconds / 60_000) minutes; run the same command again after it."
    case .throttledTooLong(let minutes):
      return "The API has answered nothing but 429 (too many requests) for \(minutes) minutes; run the same command "
        + "again later, and it goes on."
    case .fileChanged(let offset):
      return "The file changed while it was sent (before byte \(offset)). What was under way is settled, and nothing "
        + "more was sent. Put the file back as it was, and the same command goes on."
    case .tooManyRefused(let refused, let most):
      return "The API refused \(refused) rows of this file, and --max-refused is \(most); rows.csv says why. Mend the "
        + "cause, then run the same command again with a higher --max-refused, and it goes on with the rows not sent."
    case .refusedInARow(let rows, let kind):
      return "The API refused \(rows) rows in a row for the same reason (\(kind)). Mend the cause, then run the same "
        + "command again and it goes on with the rows not sent; --max-refused N lets up to N be refused."
    case .quietHours(let end): return "It is a quiet hour until \(end); run the same command again then."
    case .strayed(let record, let reference, let words):
      return "The world isn't what the plan says. Record \(record), \(reference): \(words). Nothing new was sent after "
        + "that; what was in flight then is finished. Make a new plan, look at it, and submit by that one."
    case .canaryDiffers(let record, let reference, let words):
      return "The canary found a difference. Record \(record), \(reference): \(words). No other row was sent. Find out "
        + "why; the same command looks at the canary again, and without --canary it sends the others."
    case .canaryWaits(let rows, let digest):
      return
        "The canary's \(rows) \(rows == 1 ? "row is" : "rows are") at the API as sent. The others wait: look at the "
        + "canary, then run the same command again with --approve \(digest)."
    case .dayIsSpent(let requests, let next, let zone):
      return "The day's \(requests) requests are used (--daily); run the same command again on \(next) (\(zone)), "
        + "and it goes on."
    case .dayIsTooSmall(let requests, let rows):
      return "A sample of \(rows) rows takes at least as many requests, and a day's are \(requests) (--daily). Since a "
        + "sample is read in one go, it would never come to its end: nothing was read. Take a smaller one, a larger "
        + "--daily, or all rows without --sample, day by day with --from."
    }
  }
}
