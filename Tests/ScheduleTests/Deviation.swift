import ServerModel

/// Something other than what happens by itself: requests served in order and without a fault, answers delivered, the
/// process going on. Requests go by the number in which they were sent in the whole schedule.
enum Deviation: Hashable, CustomStringConvertible {
  /// Served before its turn.
  case outOfTurn(Int)
  /// The server ends it otherwise.
  case fault(Int, ServerFault)
  /// It never left this machine.
  case notSent(Int)
  /// It never arrives, and the connection is lost.
  case lost(Int)
  /// The client gives up, and it arrives later.
  case late(Int)
  /// The server stands still over it after so many steps.
  case stalled(Int, steps: Int)
  /// It arrives, and once more later.
  case doubled(Int)
  /// What is late arrives now; what stands still goes on.
  case lands(Int)
  /// The client gives up on what stands still, or its answer is lost.
  case answerLost(Int)
  case answerGarbled(Int, Garbling)
  /// This answer comes to the client alone, the others later.
  case answerAlone(Int)
  case answerTwice(Int)
  /// The process dies: what it had sent is on its way, and nobody waits for it.
  case crash
  /// It dies after a commit, with so many of its requests handed over.
  case crashAfter(handingOver: Int)
  /// What a turn hands over is committed later: when nothing else moves, or the run needs the ledger, or before.
  case commitLater
  /// It is committed now.
  case commits
  /// It is told to end.
  case interrupt
  /// Hours pass while it sleeps, in minutes; what is on its way arrives, and its answers are lost.
  case sleep(minutes: Int64)
  /// The same while this one and all behind it wait in the client still.
  case sleepBefore(Int, minutes: Int64)
  /// Somebody else makes something.
  case outside(World.Outside)
  /// So long until the next process, in minutes.
  case gap(minutes: Int64)
  /// The wall clock goes wrong by so much, in minutes, before the next process.
  case clockJump(minutes: Int64)
  /// The ledger is lost before the next process.
  case ledgerLost
  /// The next process takes another file.
  case otherFile
  /// The next process only settles what is unknown.
  case settles
  /// The next process only looks.
  case looks

  enum Garbling: String, Hashable, CaseIterable {
    case cut
    /// Another bill's body.
    case other
    /// A gateway answers 504 in its place.
    case gateway
  }

  /// What is alike for a random choice.
  var kind: Int {
    switch self {
    case .outOfTurn: 0
    case .fault(_, let fault): fault.status
    case .notSent: 1
    case .lost: 2
    case .late: 3
    case .stalled: 4
    case .doubled: 5
    case .lands: 6
    case .answerLost: 7
    case .answerGarbled: 8
    case .answerAlone: 9
    case .answerTwice: 10
    case .crash: 11
    case .crashAfter: 12
    case .interrupt: 13
    case .sleep: 14
    case .outside: 15
    case .gap: 16
    case .clockJump: 17
    case .ledgerLost: 18
    case .otherFile: 19
    case .settles: 20
    case .looks: 21
    case .commitLater: 22
    case .commits: 23
    case .sleepBefore: 24
    }
  }

  var description: String {
    switch self {
    case .outOfTurn(let id): "#\(id) is served out of turn"
    case .fault(let id, let fault): "#\(id) is answered \(fault)"
    case .notSent(let id): "#\(id) never left"
    case .lost(let id): "#\(id) is lost on its way"
    case .late(let id): "#\(id) is late, and the client gives it up"
    case .stalled(let id, let steps): "#\(id) stands still after \(steps) steps"
    case .doubled(let id): "#\(id) arrives, and will once more"
    case .lands(let id): "#\(id) lands"
    case .answerLost(let id): "the answer to #\(id) is lost"
    case .answerGarbled(let id, let how): "the answer to #\(id) is garbled (\(how.rawValue))"
    case .answerAlone(let id): "only the answer to #\(id) comes"
    case .answerTwice(let id): "the answer to #\(id) comes twice"
    case .crash: "the process dies"
    case .crashAfter(let count): "the process dies after a commit, \(count) requests handed over"
    case .commitLater: "it is committed later"
    case .commits: "it is committed"
    case .interrupt: "the process is told to end"
    case .sleep(let minutes): "\(minutes) minutes pass in sleep"
    case .sleepBefore(let id, let minutes): "\(minutes) minutes pass in sleep before #\(id) leaves"
    case .outside(let what): "somebody makes \(what)"
    case .gap(let minutes): "\(minutes) minutes pass before the next process"
    case .clockJump(let minutes): "the wall clock jumps by \(minutes) minutes"
    case .ledgerLost: "the ledger is lost"
    case .otherFile: "the next process takes another file"
    case .settles: "the next process only settles"
    case .looks: "the next process only looks"
    }
  }
}
