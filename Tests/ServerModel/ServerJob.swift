/// A create, or a void, under way: what it has made so far, and what comes next.
package struct ServerJob: Hashable, Sendable {
  /// What a create makes, in this order; or what else a request does.
  enum Step: Hashable, Sendable {
    case customer, account, bill, void
  }

  let number: Int
  let call: ServerCall
  let body: JSON
  let fault: ServerFault?
  var steps: ArraySlice<Step>
  var done = 0
  var customerID: String?
  var accountID: String?
}
