package import BillSubmission

/// When nothing may be sent: quiet hours, and a day whose budget is spent.
package struct TimeLimits: Hashable, Sendable {
  package var quiet: QuietHours?
  /// Requests a day, GETs and repeats among them, at least 1. A day is one of the zone's.
  package var daily: Int?
  /// What the zone is called, for messages.
  package var zone: String

  package init(quiet: QuietHours? = nil, daily: Int? = nil, zone: String = "local time") {
    self.quiet = quiet
    self.daily = daily
    self.zone = zone
  }

  /// Takes quiet hours as people write them: `22:00-23:00`, or several with commas between; `false` where the text is
  /// not that.
  package mutating func takeQuiet(_ text: String) -> Bool {
    quiet = QuietHours(text)
    return quiet != nil
  }

  /// Takes quiet hours as a configuration has them, one span an element; `false` where one is none.
  package mutating func takeQuiet(_ spans: [String]) -> Bool {
    quiet = QuietHours(spans)
    return quiet != nil
  }
}
