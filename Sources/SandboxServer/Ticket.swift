/// A request that was let in and waits to be carried out.
struct Ticket: Sendable {
  let incoming: Incoming
  /// What it asks; nil where the path or the method isn't one of the API's.
  let call: Call?
  let fault: Fault?
  /// Its number in the log, from 0.
  let number: Int
  /// Where its key is kept; nil without one.
  var keySerial: UInt32?
}
