package import BillModel

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A moment as the clock on the wall has it, in some zone.
package struct CivilMoment: Hashable, Sendable {
  package var date: CivilDate
  /// Minute of the day, from 0.
  package var minute: Int

  package init(date: CivilDate, minute: Int) {
    self.date = date
    self.minute = minute
  }

  /// A moment in the process's zone: TZ, else the machine's (tzset(3)).
  @Sendable package static func local(_ time: WallTime) -> CivilMoment {
    var seconds = time_t(time.milliseconds / 1000)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let date = CivilDate(year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
    guard let date else { preconditionFailure("localtime_r gives dates of the calendar") }
    return CivilMoment(date: date, minute: Int(parts.tm_hour) * 60 + Int(parts.tm_min))
  }
}
