/// Which files are left, and whether anything still moves.
struct Progress {
  private(set) var unfinished: [Int]
  private let all: [Int]
  private(set) var processes = 0
  /// Processes in a row that ended by themselves, and left rows open.
  private(set) var fruitless = 0
  private(set) var turn = 0

  init(files: Int) {
    all = Array(0..<files)
    unfinished = all
  }

  /// Without faults a file is finished after a process, one after the window, and as many for each file before it.
  var isStuck: Bool { fruitless > 3 + 3 * all.count || processes > 40 }

  mutating func ended(_ file: Int, _ end: Simulation.End) {
    processes += 1
    switch end {
    case .died, .stopped: break
    case .finished:
      unfinished.removeAll { $0 == file }
      (fruitless, turn) = (0, 0)
    case .unfinished:
      fruitless += 1
      turn += 1
    }
  }

  /// The ledger is gone: every file is to be sent again.
  mutating func forget() { unfinished = all }
}
