import FileRuns
import SubmitPass

extension RunOutcome {
  /// Why its submission ended; `nil` where nothing was submitted.
  var stop: SubmitStop? { if case .result(let result) = end { result.stop } else { nil } }

  /// Whether nothing more can be done: the process was told to end.
  var endsPass: Bool { stop == .interrupted }
}
