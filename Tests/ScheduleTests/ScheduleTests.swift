import ServerModel
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Exactly once, under every schedule that deviates a little, and under random ones that deviate a lot.
///
/// `scripts/explore` sets how far: EXPLORE_DEPTH (deviations), EXPLORE_READINGS (each reading of the documentation, too),
/// EXPLORE_SECONDS and EXPLORE_SEED (of the random ones), EXPLORE_WORLDS (only those whose names contain this).
@Suite(.serialized) struct ScheduleTests {
  private static func setting(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  private static let depth = setting("EXPLORE_DEPTH").flatMap(Int.init) ?? 1
  private static let seconds = setting("EXPLORE_SECONDS").flatMap(Double.init) ?? 5
  private static let seed = setting("EXPLORE_SEED").flatMap(UInt64.init)
  private static let wanted = setting("EXPLORE_WORLDS")

  private static func exhaust(_ world: World, depth: Int) throws {
    guard wanted.map({ world.name.contains($0) }) ?? true else { return }
    let (schedules, found) = try Explorer().exhaust(world, depth: depth)
    if let found { Issue.record("\(found)") }
    print(
      "explored: \(schedules) schedules of at most \(depth) deviations: \(world.name), \(world.readings), \(world.commits)"
    )
  }

  @Test(arguments: World.single + World.single.map { $0.committing(.late) })
  func `one bill, every schedule of few deviations`(world: World) throws {
    try Self.exhaust(world, depth: Self.depth)
  }

  /// Whichever of its requests left, whoever made the bill: while the key is known, it is asked.
  @Test(
    arguments: World.single.filter { $0.before.allSatisfy { !$0.isObstacle } }
      .flatMap { [$0, $0.committing(.apart), $0.committing(.late)] })
  func `rule 12: after a crash somebody else's bill is not taken for ours`(world: World) throws {
    let (schedules, found) = try Explorer().exhaust(world, depth: 2, strictly: true) { deviation in
      switch deviation {
      case .crash, .crashAfter, .outside, .commitLater, .commits: true
      default: false
      }
    }
    if let found { Issue.record("\(found)") }
    print("explored: \(schedules) schedules of a crash and somebody else: \(world.name)")
  }

  /// What was done, its key forgotten, and a no to the repeat, which may be lost too.
  @Test(arguments: World.single + World.corrections.filter { $0.rows.count == 1 })
  func `rule 7: a no after a key was forgotten doesn't hide what was done under it`(world: World) throws {
    let (schedules, found) = try Explorer().exhaust(world, depth: 3, forgetting: true) { deviation in
      switch deviation {
      case .answerLost: true
      case .fault(_, let fault): fault.forgetsKey
      default: false
      }
    }
    if let found { Issue.record("\(found)") }
    print("explored: \(schedules) schedules of a forgotten key: \(world.name)")
  }

  @Test(arguments: World.several.flatMap { [$0, $0.committing(.apart), $0.committing(.late)] })
  func `bills that share parties or references, every schedule of one deviation`(world: World) throws {
    try Self.exhaust(world, depth: 1)
  }

  @Test(arguments: World.corrections + World.corrections.map { $0.committing(.late) })
  func `rule 16: a correction is one void, and one bill after it, in every schedule of few deviations`(
    world: World
  ) throws {
    try Self.exhaust(world, depth: Self.depth)
  }

  @Test(arguments: (World.parties + World.changes + World.updates).filter { depth > 1 || !$0.isFurther })
  func `rule 16: what rows change is as the ledger says, in every schedule of few deviations`(world: World) throws {
    try Self.exhaust(world, depth: Self.depth)
  }

  @Test(arguments: (World.single + World.several).map(\.lookingFirst))
  func `looking parties up first, every schedule of one deviation`(world: World) throws {
    try Self.exhaust(world, depth: 1)
  }

  @Test(.enabled(if: setting("EXPLORE_READINGS") != nil), arguments: World.readings.dropFirst())
  func `each reading of the documentation, every schedule of one deviation`(readings: ServerReadings) throws {
    for world in World.single + World.several + World.corrections {
      try Self.exhaust(world.with(readings), depth: 1)
    }
  }

  /// Schedules that once broke a rule, and the first few hundred.
  private static let seeds: [UInt64] = [302_279_995] + Array(1...200)

  @Test func `random worlds, random schedules of known seeds`() throws {
    let explorer = try Explorer()
    for (number, seed) in Self.seeds.enumerated() {
      for commits in [.inTurns, number.isMultiple(of: 2) ? .apart : .late] as [World.Commits] {
        let found = try explorer.random(seed: seed, committing: commits)
        if let found { Issue.record("EXPLORE_SEED=\(seed): \(found)") }
      }
    }
    print("explored: \(Self.seeds.count) random worlds of known seeds")
  }

  @Test(.enabled(if: setting("EXPLORE_SECONDS") != nil)) func `random worlds, random schedules`() throws {
    let first = Self.seed ?? UInt64.random(in: 0..<1_000_000_000)
    print("explored: random schedules from EXPLORE_SEED=\(first) on")
    let explorer = try Explorer()
    let end = ContinuousClock.now + .seconds(Self.seconds)
    var seed = first
    repeat {
      for commits in World.Commits.allCases {
        for forgetting in [false, true] {
          guard let found = try explorer.random(seed: seed, committing: commits, forgetting: forgetting) else {
            continue
          }
          Issue.record("EXPLORE_SEED=\(seed): \(found)")
          return
        }
      }
      seed += 1
    } while ContinuousClock.now < end
    print("explored: \(seed - first) random worlds")
  }

  @Test func `without deviations a bill costs one request, and a file one process`() throws {
    let explorer = try Explorer()
    for world in World.several.prefix(4) {
      let simulation = try explorer.play(world, explorer.files(world), [:])
      #expect(simulation.violation == nil)
      #expect(simulation.exchanges.count == world.rows.count)
    }
  }
}
