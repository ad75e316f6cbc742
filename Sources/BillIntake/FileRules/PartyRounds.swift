/// Parties to compare, in as many rounds as memory asks for; each round is one reading of the file.
struct PartyRounds {
  /// What a party takes in a round: its key, what its first row and one that fills it say, and the tables around them.
  private static let bytesAParty = 416

  let rounds: [Set<UInt64>]

  init(_ candidates: Set<UInt64>, bytes: Int) {
    let most = max(1, bytes / Self.bytesAParty)
    var rounds: [Set<UInt64>] = []
    var round: Set<UInt64> = []
    for key in candidates {
      round.insert(key)
      if round.count == most {
        rounds.append(round)
        round = []
      }
    }
    if !round.isEmpty { rounds.append(round) }
    self.rounds = rounds
  }
}
