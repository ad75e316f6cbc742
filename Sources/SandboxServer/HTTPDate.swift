/// A time as the Date header has it (IMF-fixdate). RFC 9110, 5.6.7.
enum HTTPDate {
  private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// - Parameter milliseconds: since 1970, not before it.
  static func text(_ milliseconds: Int64) -> String {
    let day = CivilDay(milliseconds: milliseconds)
    let second = milliseconds / 1000 % 86_400
    let time = [second / 3600, second / 60 % 60, second % 60].map { padded($0, to: 2) }.joined(separator: ":")
    let weekday = days[Int(milliseconds / 86_400_000 % 7)]
    return "\(weekday), \(padded(day.day, to: 2)) \(months[Int(day.month) - 1]) \(day.year) \(time) GMT"
  }
}
