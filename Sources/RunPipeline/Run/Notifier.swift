import BillModel
import ChildPrograms
import FileRuns
import RunConfiguration

/// Tells people's programs what became of files: by commands, and by a webhook. Where nobody is reached, the run goes on
/// and its log says so.
struct Notifier {
  /// How long a program may take, in seconds.
  private static let patience = 60.0

  private let settings: NoticeSettings
  private let webhook: Webhook?
  private let around: RunSurroundings

  init(_ settings: NoticeSettings, _ around: RunSurroundings) throws(RunFault) {
    self.settings = settings
    self.around = around
    webhook = try settings.webhook.map { (webhook) throws(RunFault) in try Webhook(webhook, around) }
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
      try program.finish(giving: body + [UInt8(ascii: "\n")], within: Self.patience)
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
