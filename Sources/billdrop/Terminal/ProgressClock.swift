import RunPipeline

/// When a progress line is due: on a terminal ten times a second once something has taken a second, in a log every five
/// seconds.
final class ProgressClock {
  private let isRenewed = Console.canRenewLine
  private let beginning = Stopwatch()
  private var last = 0.0

  /// Prints what `text` makes of the seconds so far and the room in columns, if a line is due.
  func tick(_ text: (_ seconds: Double, _ columns: Int) -> String) {
    let seconds = beginning.seconds
    guard seconds >= (isRenewed ? max(1, last + 0.1) : last + 5) else { return }
    last = seconds
    if isRenewed {
      Console.renewLine(text(seconds, Console.messageColumns))
    } else {
      Console.message("billdrop: " + text(seconds, 160))
    }
  }
}
