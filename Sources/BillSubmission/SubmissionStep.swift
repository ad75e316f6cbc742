package import BillModel

/// What follows from an event: an effect, and the parties that are now known to exist.
package struct SubmissionStep: Hashable, Sendable {
  package var effect: SubmissionEffect
  /// To be committed before, or together with, the effect.
  package var learned: [KnownParty]
  /// An addition that is in its sum now: to be committed together with the effect.
  package var confirmed: SumConfirmation?

  package init(_ effect: SubmissionEffect, learned: [KnownParty] = []) {
    self.effect = effect
    self.learned = learned
  }
}
