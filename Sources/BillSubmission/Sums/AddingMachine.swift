import BillModel

/// A machine whose row adds to a sum that the API has, or sets it as a whole.
protocol AddingMachine: LookingMachine {
  var aim: SumAim { get set }
}

extension AddingMachine {
  /// Looks again, a few times, where the sum looks like an old reading; `nil` where it doesn't, or stays so.
  mutating func reread(_ base: SumBase, before question: Look, _ context: SubmissionContext) -> SubmissionStep? {
    guard aim.rereads(base), let pause = tries.failed(nil, context) else { return nil }
    self.pause(before: question)
    return SubmissionStep(.wait(milliseconds: pause))
  }

  /// The end of a row whose addition is not put back: what is shown is all that the sum has, and what comes to it later is
  /// added to that.
  func withoutWhatIsRefused(_ step: SubmissionStep) -> SubmissionStep {
    guard aim.isLastWord, case .settle = step.effect, let late = aim.late, let own = operation.addition else {
      return step
    }
    var step = step
    let shown = Addition(to: own.sum, mark: aim.lateMark ?? "", amount: 0, currency: own.currency)
    step.confirmed = SumConfirmation(shown, total: late)
    return step
  }

  /// The same step, and that the addition is in a sum of so much, in minor units.
  func confirming(_ step: SubmissionStep, _ total: Int64?) -> SubmissionStep {
    guard let total, let addition = operation.addition else { return step }
    var step = step
    step.confirmed = SumConfirmation(addition, total: total, doubtedSince: doubt?.since)
    return step
  }
}
