package import BillModel

/// What reading a file for `Intake.show` came upon. The rules of bills are not asked.
package struct ShowOutcome: Hashable, Sendable {
  /// What is wrong with the file as a whole: `validate` would reject it.
  package var fileFindings: [Finding] = []
  /// How many findings there are about records as text.
  package var recordFindings = 0
  /// Records printed, the heading row not counted.
  package var records = 0
}
