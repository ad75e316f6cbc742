import BillReports
import SubmitPass

/// When a progress line is due: on a terminal ten times a second once something has taken a second, in a log every five
/// seconds; for programs at once, each second, and with the last figures at the end.
final class ProgressClock {
  private let isRenewed = Console.canRenewLine
  /// Whether lines are for programs.
  private let isJSON: Bool
  private let beginning = Stopwatch()
  private var last = 0.0
  /// What no program was told yet.
  private var untold: JSONText?

  init(isJSON: Bool) { self.isJSON = isJSON }

  /// Seconds so far.
  var seconds: Double { beginning.seconds }

  /// Prints, if a line is due, what `text` makes of the seconds so far and the room in columns; or, for programs, the
  /// members that `members` writes.
  func tick(
    members: (inout JSONText) -> Void, text: (_ seconds: Double, _ columns: Int) -> String
  ) {
    let seconds = beginning.seconds
    if isJSON { return tell(seconds, members) }
    guard seconds >= (isRenewed ? max(1, last + 0.1) : last + 5) else { return }
    last = seconds
    if isRenewed {
      Console.renewLine(text(seconds, Console.messageColumns))
    } else {
      Console.message("billdrop: " + text(seconds, 160))
    }
  }

  private func tell(_ seconds: Double, _ members: (inout JSONText) -> Void) {
    var line = JSONText()
    line.object { line in
      line.string("event", "progress")
      line.seconds("seconds", seconds)
      members(&line)
    }
    let isDue = last == 0 || seconds >= last + 1
    untold = isDue ? nil : line
    guard isDue else { return }
    last = max(seconds, 0.001)
    Console.message(line.text)
  }

  /// Takes a renewed line away; tells programs what they were not told yet.
  func end() {
    Console.clearLine()
    if let untold { Console.message(untold.text) }
    untold = nil
  }
}
