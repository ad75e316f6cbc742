import BillIntake
import BillLayouts
import BillModel
import SeededRandoms

/// Plays schedules of small worlds: all of them up to a number of deviations, and random ones beyond.
struct Explorer {
  typealias Schedule = [Int: Deviation]

  /// A schedule that breaks a rule.
  struct Found: CustomStringConvertible {
    var world: World
    var schedule: Schedule
    var violation: String
    var trace: [String]

    var description: String {
      let deviations = schedule.sorted { $0.key < $1.key }.map { "  at point \($0.key): \($0.value)" }
      return """
        \(violation)
        world: \(world)
        \(schedule.count) deviations:
        \(deviations.joined(separator: "\n"))
        trace:
        \(trace.joined(separator: "\n"))
        """
    }
  }

  private let intakes: [World.Asks: Intake]
  /// For files of what accounts are to have.
  private let ofAccounts: [World.Asks: Intake]

  init() throws {
    func intakes(_ kind: (World.Asks) -> OperationKind) throws -> [World.Asks: Intake] {
      try Dictionary(
        uniqueKeysWithValues: World.Asks.allCases.map { asks in
          var layout = Layout.standard()
          layout.operation = kind(asks)
          if asks == .credits { (layout.rules.negativeBills, layout.rules.zeroBills) = (.balance, .skip) }
          return (asks, try Intake(layout: layout))
        })
    }
    self.intakes = try intakes { $0.operation(onAccounts: false) }
    ofAccounts = try intakes { $0.operation(onAccounts: true) }
  }

  func files(_ world: World) throws -> [CheckedFile] {
    try world.files.indices.map { number in
      let isOnAccounts = world.files[number].contains { $0.account != nil }
      guard let intake = (isOnAccounts ? ofAccounts : intakes)[world.asks(of: number)] else { preconditionFailure() }
      return try CheckedFile(world.csv(number), intake: intake)
    }
  }

  func play(
    _ world: World, _ files: [CheckedFile], _ schedule: Schedule, strictly: Bool = false, forgetting: Bool = false
  ) throws -> Simulation {
    let simulation = Simulation(world, files) { point, _ in schedule[point] }
    (simulation.isStrict, simulation.forgetsKeys) = (strictly, forgetting)
    try simulation.run()
    return simulation
  }

  /// Plays all schedules of at most `depth` deviations; how many they were, and the first that breaks a rule.
  ///
  /// - Parameters:
  ///   - strictly: As `Simulation.isStrict`.
  ///   - forgetting: As `Simulation.forgetsKeys`.
  ///   - isAllowed: Of which deviations schedules are made.
  func exhaust(
    _ world: World, depth: Int, strictly: Bool = false, forgetting: Bool = false,
    of isAllowed: (Deviation) -> Bool = { _ in true }
  ) throws -> (schedules: Int, found: Found?) {
    let files = try files(world)
    var schedules = 0
    func visit(_ schedule: Schedule, from start: Int, left: Int) throws -> Found? {
      let simulation = try play(world, files, schedule, strictly: strictly, forgetting: forgetting)
      schedules += 1
      if let violation = simulation.violation {
        return Found(world: world, schedule: schedule, violation: violation, trace: simulation.trace)
      }
      guard left > 0 else { return nil }
      for point in start..<max(start, simulation.points.count) {
        for deviation in simulation.points[point] where isAllowed(deviation) {
          var next = schedule
          next[point] = deviation
          if let found = try visit(next, from: point + 1, left: left - 1) { return found }
        }
      }
      return nil
    }
    let found = try visit([:], from: 0, left: depth)
    return (schedules, try found.map { try shortest($0, files, strictly: strictly, forgetting: forgetting) })
  }

  /// Plays one random schedule of a random world, whose runs commit in a certain way. `forgetting`: as
  /// `Simulation.forgetsKeys`.
  func random(seed: UInt64, committing commits: World.Commits, forgetting: Bool = false) throws -> Found? {
    var random = SeededRandom(seed: seed)
    let world = World.random(using: &random).committing(commits)
    let files = try files(world)
    let share = [0.02, 0.05, 0.1, 0.25].randomElement(using: &random) ?? 0.1
    var schedule: Schedule = [:]
    var left = Int.random(in: 1...12, using: &random)
    let simulation = Simulation(world, files) { point, options in
      guard left > 0, Double.random(in: 0..<1, using: &random) < share else { return nil }
      guard let kind = Set(options.map(\.kind)).sorted().randomElement(using: &random),
        let choice = options.filter({ $0.kind == kind }).randomElement(using: &random)
      else { return nil }
      left -= 1
      schedule[point] = choice
      return choice
    }
    simulation.forgetsKeys = forgetting
    try simulation.run()
    guard let violation = simulation.violation else { return nil }
    let found = Found(world: world, schedule: schedule, violation: violation, trace: simulation.trace)
    return try shortest(found, files, forgetting: forgetting)
  }

  /// Leaves out what the violation doesn't need.
  private func shortest(
    _ found: Found, _ files: [CheckedFile], strictly: Bool = false, forgetting: Bool = false
  ) throws -> Found {
    var best = found
    var goesOn = true
    while goesOn {
      goesOn = false
      for point in best.schedule.keys.sorted().reversed() {
        var fewer = best.schedule
        fewer[point] = nil
        let simulation = try play(best.world, files, fewer, strictly: strictly, forgetting: forgetting)
        guard let violation = simulation.violation else { continue }
        best = Found(world: best.world, schedule: fewer, violation: violation, trace: simulation.trace)
        goesOn = true
        break
      }
    }
    return best
  }
}

extension Simulation {
  /// Plays; a fault that the product throws is a violation too.
  func run() throws {
    do { try play() } catch { fail("the run throws \(error)") }
  }
}

extension World.Asks {
  /// The operation of a file of such rows.
  func operation(onAccounts: Bool) -> OperationKind {
    switch self {
    case .bills, .paidBills, .credits: .bill
    case .corrections: .correct
    case .voids: .void
    case .names: onAccounts ? .account : .customer
    case .balances: onAccounts ? .accountBalance : .customerBalance
    case .totals: .payment
    case .payments: .paymentAdded
    }
  }
}
