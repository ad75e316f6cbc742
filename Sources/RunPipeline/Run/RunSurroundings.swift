package import BillModel
package import SubmitPass

/// What a run needs of the world around it; tests bring their own.
package struct RunSurroundings {
  package var clock = SubmitClock()
  /// The variables that billdrop goes by.
  package var environment: [String: String] = [:]
  /// A variable that holds a secret, by its name.
  package var variable: (String) -> String? = { _ in nil }
  package var temporaryFolder = "/tmp"
  /// The configuration's path, for what people are told to type.
  package var configurationName = "FILE"
  /// What the client calls itself.
  package var userAgent = "billdrop"
  /// How often the process was told to end.
  package var interrupts: @Sendable () -> Int = { 0 }
  /// Called a few times a second while something goes on.
  package var pulse: () -> Void = {}
  package var log: (RunEvent) -> Void = { _ in }
  /// Waits; a signal may end it early.
  package var sleep: (_ seconds: Double) -> Void = { _ in }
  /// An outcome as people's programs get it: one JSON object, UTF-8.
  package var describe: (RunOutcome) -> [UInt8] = { _ in [] }
  /// The first 12 digits of the digest of a file that may pass a hold.
  package var approval: String?
  /// That of a file that is through, about whose rows nothing is left to do.
  package var struckOff: String?
  /// Whether what other ledgers have claimed is taken over.
  package var takesOver = false

  package init() {}

  /// What the wall clock says.
  package var now: WallTime { clock.wall() }
}
