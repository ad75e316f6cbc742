import BillIntake
import BillLayouts
import BillLedger
import BillModel
import BillSubmission
import SubmitPass

/// A file of a world, checked once and submitted often.
struct CheckedFile {
  let intake: Intake
  let check: FileCheck
  let identity: FileIdentity
  let layout: LayoutIdentity
  let options: SubmitOptions

  init(_ csv: String, intake: Intake) throws {
    self.intake = intake
    check = try intake.check(.memory(Array(csv.utf8), name: "bills.csv"), temporaryFolder: "/tmp")
    identity = FileIdentity(digest: check.digest, name: "bills.csv", byteCount: check.byteCount)
    layout = LayoutIdentity(digest: intake.layout.digest, name: "default", duplicates: "reject")
    // Pauses of exactly a millisecond, whatever the jitter; and no end to patience but the tries.
    var options = SubmitOptions(inFlight: 8, policy: RetryPolicy(base: 2, longest: 2, tries: 4, conflictTries: 3))
    (options.firstSignSeconds, options.signSeconds, options.drainSeconds) = (1e8, 1e8, 1e8)
    self.options = options
  }
}
