import BillModel

/// What of a day's budget is used.
struct DayCount {
  let date: CivilDate
  var requests: Int
}
