import BillIntake

/// Says where a file is taken for mended rows by its name, so that its control figures count for nothing.
enum MendedNotice {
  static func tell(of file: String, _ intake: Intake) {
    guard intake.passesOverControl(ofFileNamed: file) else { return }
    Console.message(
      "billdrop: \(file): taken for mended rows by its name; counts and sums of its header or trailer are not compared."
    )
  }
}
