/// A create, or a void, under way: what it has made so far, and what comes next.
package struct ServerJob: Hashable, Sendable {
  /// What a create makes, in this order; or what else a request does.
  enum Step: Hashable, Sendable {
    case customer, account, bill, void
  }

  let number: Int
  let call: ServerCall
  /// What it is for, beside what it makes on the way.
  let target: Step
  /// The body of a bill; of a party, as a bill would nest it.
  let body: JSON
  let fault: ServerFault?
  var steps: ArraySlice<Step>
  var done = 0
  var customerID: String?
  var accountID: String?
}
