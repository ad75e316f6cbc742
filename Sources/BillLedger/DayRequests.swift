package import BillModel

/// Requests that are about to go out on a day of the zone by which a daily budget goes.
package struct DayRequests: Hashable, Sendable {
  package var date: CivilDate
  package var requests: Int

  package init(date: CivilDate, requests: Int) {
    self.date = date
    self.requests = requests
  }
}
