/// How often each fault strikes.
package struct FaultRates: Sendable {
  /// The names of the faults, for help and errors.
  package static var synopsis: String { Fault.allCases.map(\.rawValue).joined(separator: ", ") }

  private var list: [(fault: Fault, probability: Double)] = []

  /// No faults.
  package init() {}

  /// Adds `name=probability,name=probability`. Throws the part that isn't understood.
  package mutating func apply(_ text: String) throws(SandboxOptionError) {
    for part in text.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, let fault = Fault(rawValue: pair[0]), let probability = Double(pair[1]),
        (0...1).contains(probability), total - rate(of: fault) + probability <= 1.000_000_1
      else { throw .badFaults(String(part)) }
      list.removeAll { $0.fault == fault }
      list.append((fault, probability))
    }
  }

  /// How often that fault strikes, 0 to 1.
  package func rate(of fault: Fault) -> Double {
    list.first { $0.fault == fault }?.probability ?? 0
  }

  /// The fault that a number from 0 up to 1 draws; at most one strikes a request.
  func fault(drawnBy number: Double) -> Fault? {
    var bound = 0.0
    for (fault, probability) in list {
      bound += probability
      if number < bound { return fault }
    }
    return nil
  }

  /// Whether any fault can strike.
  var isEmpty: Bool { total == 0 }

  private var total: Double { list.reduce(0) { $0 + $1.probability } }
}
