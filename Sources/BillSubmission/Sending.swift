package import BillModel

/// A POST or PATCH that a row's machine wants sent.
package struct Sending: Hashable, Sendable {
  package var form: BodyForm
  /// From 1.
  package var epoch: Int
  /// Attempt under this epoch, from 1. The first one needs a new intent, a later one only its number committed.
  package var attempt: Int

  package init(form: BodyForm, epoch: Int, attempt: Int) {
    self.form = form
    self.epoch = epoch
    self.attempt = attempt
  }
}
