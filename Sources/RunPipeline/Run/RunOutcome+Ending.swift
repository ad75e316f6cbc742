import FileRuns
import SubmitPass

extension RunOutcome {
  /// Whether nothing more can be done in this pass: the API can't be reached, or refuses the key.
  var endsPass: Bool {
    guard case .result(let result) = end else { return false }
    return switch result.stop {
    case nil, .finished, .fileChanged, .tooManyRefused, .refusedInARow: false
    default: true
    }
  }

  /// Whether a run that stays can't go on at all: the API refuses the key.
  package var endsRun: Bool {
    if case .result(let result) = end, case .unauthorised? = result.stop { true } else { false }
  }
}
