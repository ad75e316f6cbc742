/// How far from the last files of its feed a file may be.
///
/// Each bound follows the median of these files, or their second largest (second smallest) figure where that is wider:
/// one odd night moves neither, and what happens twice, as weekends and ends of months do, is usual from then on.
package struct GuardBounds: Hashable, Sendable {
  /// How many of the last files are looked at, 2 or more.
  package var files = 70
  /// How many there must be before a file is judged, 2 or more.
  package var least = 5
  /// Rows and totals: at most so many times the median, above 1.
  package var times = 2.0
  /// Rows and totals: at least the median divided by this, above 1.
  package var below = 3.0
  /// The largest bill: at most so many times the median of the largest bills, above 1.
  package var largestTimes = 5.0
  /// Shares: at most so much away from the median, between 0 and 1.
  package var share = 0.25
  /// So many rows more or less are never far.
  package var rows = 10

  package init() {}
}
