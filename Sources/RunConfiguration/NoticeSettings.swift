/// Who is told what happened.
package struct NoticeSettings: Sendable {
  package struct Webhook: Sendable {
    package var url: String
    /// The variable of the environment that has the secret.
    package var secretVariable: String?
    package var secretFile: String?
    package var kinds: Set<NoticeKind>
  }

  /// Programs and their arguments.
  package var commands: [NoticeKind: [String]] = [:]
  package var webhook: Webhook?

  package init() {}
}
