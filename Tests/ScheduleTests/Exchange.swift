import ServerModel
import Transport

/// A request that was handed over, and what became of it.
struct Exchange {
  enum State {
    /// On its way.
    case sent
    /// The server has begun it, under this number, and stands still.
    case stalled(Int)
    /// Its way is over: answered, lost, or landed with nobody waiting.
    case over
  }

  /// The client's own number for it; 0 for a copy that the network made.
  var clientID: UInt64
  var call: ServerCall
  /// The reference of the object that a POST is to make, or a PATCH to change.
  var reference: String?
  /// The file whose run sent it.
  var file: Int
  var state = State.sent
  /// Whether the client still waits for it.
  var isAwaited = true
  /// What the client will be told.
  var result: Result<HTTPResponse, TransferFailure>?
  /// What the server had when it answered, where that can be read.
  var after: ServerModel?
  /// True time of its sending, in milliseconds.
  var sentAt: Int64
  /// The process that sent it.
  var process: Int
  /// When the server gave the answer that the client hears: true time in milliseconds, and on the product's clock.
  var answeredAt: (truth: Int64, nanoseconds: UInt64) = (0, 0)
  /// After this moment of the product's clock the client doesn't let it go.
  var latest: UInt64

  /// Whether it has shown the client an object.
  var hasShown: Bool {
    guard call.method == "GET", !isAwaited, case .success(let response) = result else { return false }
    return response.status == 200
  }

  /// Whether the client didn't let it go, since it was too late.
  var wasTooLate: Bool { if case .failure(let failure) = result { failure.isTooLate } else { false } }

  /// Whether it is on its way, as far as the client has not been told otherwise.
  var isSent: Bool {
    guard case .sent = state else { return false }
    return !isAwaited || result == nil
  }

  /// Its number at the server, where it stands still.
  var job: Int? {
    guard case .stalled(let number) = state, !isAwaited || result == nil else { return nil }
    return number
  }
}
