import BillModel
import ChildPrograms
import FileRuns
import RunConfiguration

/// Tells people's programs what became of files: by commands, and by a webhook. Where nobody is reached, the run goes on
/// and its log says so.
///
/// A run that is told to end does so in a time that services wait for: a program gets a few seconds more, and what can't be
/// begun in a few is left for the next run to tell.
struct Notifier {
  /// How long a program may take, in seconds.
  private static let patience = 60.0
  /// How long one may take from when the run was told to end.
  private static let lastPatience = Duration.seconds(10)
  /// How long something may still be told from then on.
  private static let lastCall = Duration.seconds(15)

  /// When it was first seen that the run is to end.
  private final class Stop {
    var seenAt: ContinuousClock.Instant?
  }

  private let settings: NoticeSettings
  private let webhook: Webhook?
  private let around: RunSurroundings
  private let stop = Stop()

  init(_ settings: NoticeSettings, _ around: RunSurroundings) throws(RunFault) {
    self.settings = settings
    self.around = around
    webhook = try settings.webhook.map { (webhook) throws(RunFault) in try Webhook(webhook, around) }
  }

  /// Whether something may be told yet. `false` for good once a run that is to end has told for as long as it may.
  var hasTime: Bool { timeSinceStop.map { $0 < Self.lastCall } ?? true }

  /// How long ago it was first seen that the run is to end.
  private var timeSinceStop: Duration? {
    guard around.interrupts() > 0 else { return nil }
    let seenAt = stop.seenAt ?? .now
    stop.seenAt = seenAt
    return .now - seenAt
  }

  /// Tells of an outcome. `id` is the same whenever the same is told again.
  func tell(_ outcome: RunOutcome, id: String) {
    for kind in outcome.notices {
      let body = around.describe(outcome)
      if let command = settings.commands[kind] { run(command, kind, body, outcome) }
      if let webhook, webhook.takes(kind) {
        around.pulse()
        if let trouble = webhook.send(id: "\(id)_\(kind.rawValue)", body) {
          log("the webhook was not told (\(kind.rawValue)): \(trouble)", outcome)
        }
      }
    }
  }

  private func run(_ command: [String], _ kind: NoticeKind, _ body: [UInt8], _ outcome: RunOutcome) {
    around.pulse()
    do throws(ChildProgramError) {
      let program = try ChildProgram(command, input: .pipe)
      let start = ContinuousClock.now
      try program.finish(giving: body + [UInt8(ascii: "\n")], within: Self.patience) {
        guard let sinceStop = timeSinceStop else { return false }
        return min(sinceStop, .now - start) >= Self.lastPatience || around.interrupts() > 1
      }
    } catch {
      log("on_\(kind.rawValue): \(error.message)", outcome)
    }
  }

  private func log(_ text: String, _ outcome: RunOutcome) {
    around.log(RunEvent(.warning, text, feed: outcome.feed, file: outcome.file))
  }
}

extension RunOutcome {
  /// What people are told of it as.
  var notices: [NoticeKind] {
    switch verdict {
    case .complete, .duplicate: hasOpenRows ? [.finish, .problem] : [.finish]
    case .completeWithRejects, .fileRejected: [.finish, .problem]
    case .held, .stopped, nil: [.problem]
    case .missing: [.missing]
    }
  }
}
