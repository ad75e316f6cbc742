/// Decides whether the parties that a row carries are nested at once or looked up first, by what the file has met so
/// far. Looking up never changes what is sent in the end, only how many requests that takes:
///
/// | the row carries | nested, all new | nested, something there | looked up | look up from |
/// | --- | --- | --- | --- | --- |
/// | a customer, or an account of a known one | 1 | 4 | 2 | one in 3 there |
/// | a customer with its account | 1 | 5 | 3 | one in 2 there |
///
/// (Where something is there: the refused POST, a GET of the bill, of the account, of its owner, and the POST with
/// ids.) So a file of new parties alone is never looked up, in whatever order its rows come. Each shape of row has
/// experience of its own, and as long as that is little, the other's; it fades: half of it is forgotten after some
/// twenty rows, so that a file whose second half is unlike its first one is followed. An API that takes nested parties
/// which exist without a word costs nothing, and teaches nothing.
///
/// What is sent before the first answers is sent without experience. So, as long as there is little, only some carriers
/// are let go without an answer, as many as the pace can use.
package struct PartyExperience {
  /// What a row carries.
  private enum Shape { case one, both }

  private struct Tally {
    var new = 0.0
    var there = 0.0

    /// The share that is there; as long as little is known, near to what is assumed.
    func share(assuming share: Double) -> Double { (there + Self.doubt * share) / (new + there + Self.doubt) }

    mutating func take(isThere: Bool) {
      new = new * Self.memory + (isThere ? 0 : 1)
      there = there * Self.memory + (isThere ? 1 : 0)
    }

    private static let doubt = 2.0
    private static let memory = 0.97
  }

  /// After so many answers experience counts, and nobody is held any more.
  private static let trial = 8

  private let mode: PartyMode
  private let trialCarriers: Int
  private var one = Tally()
  private var both = Tally()
  private var answers = 0
  private var unanswered: [Int: Shape] = [:]

  /// - Parameter trialCarriers: how many carriers may be without an answer while there is little experience.
  package init(_ mode: PartyMode, trialCarriers: Int = 16) {
    self.mode = mode
    self.trialCarriers = trialCarriers
  }

  /// Whether this row's parties are to be looked up before its first request. To be asked once, when it goes.
  package mutating func looksFirst(_ departure: Departure) -> Bool {
    guard !departure.carries.isEmpty else { return false }
    switch mode {
    case .new: return false
    case .existing: return true
    case .auto: break
    }
    let shape: Shape = departure.carries.count > 1 ? .both : .one
    unanswered[departure.row.record] = shape
    return share(of: shape) >= (shape == .both ? 1.0 / 2 : 1.0 / 3)
  }

  private func share(of shape: Shape) -> Double {
    shape == .both
      ? both.share(assuming: one.share(assuming: 0)) : one.share(assuming: both.share(assuming: 0))
  }

  /// Takes in whether a carrier met something that was there. What was taken in once is not counted again.
  package mutating func answered(_ record: Int, isThere: Bool) {
    guard let shape = unanswered.removeValue(forKey: record) else { return }
    if shape == .both { both.take(isThere: isThere) } else { one.take(isThere: isThere) }
    answers += 1
  }

  /// Takes in that a row ended without telling.
  package mutating func ended(_ record: Int) { unanswered[record] = nil }

  /// Whether this row must wait until more is known.
  package func holds(_ departure: Departure) -> Bool { !departure.carries.isEmpty && holdsCarriers }

  /// Whether any row that carries something must wait for the first answers.
  package var holdsCarriers: Bool { mode == .auto && answers < Self.trial && unanswered.count >= trialCarriers }
}
