import CLibcurl
import Threads

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What the client's thread waits for: its connections' sockets, a bell, and a moment: to the microsecond by a timer
/// descriptor where the system has them (Linux), else to the millisecond. All but the bell is for that thread alone.
final class SocketWatch: @unchecked Sendable {
  let descriptor: CInt
  private let bell: (read: CInt, write: CInt)
  private let timer = billdrop_timer_make()
  private var timerMoment: UInt64 = 0
  private let numbers = UnsafeMutablePointer<UInt64>.allocate(capacity: Int(BILLDROP_WATCH_MOST))

  private static let bellNumber = UInt64.max
  private static let timerNumber = UInt64.max - 1
  private static let longest: CInt = 60_000
  /// What one look shows.
  static let most = Int(BILLDROP_WATCH_MOST)

  /// Throws `notStarted` where there is no descriptor left.
  init() throws(HTTPClientError) {
    numbers.initialize(repeating: 0, count: Int(BILLDROP_WATCH_MOST))
    descriptor = billdrop_watch_make()
    var ends: [CInt] = [-1, -1]
    let hasBell = pipe(&ends) == 0
    bell = (ends[0], ends[1])
    guard descriptor >= 0, hasBell else { throw .notStarted("no descriptor, errno \(errno)") }
    for end in ends {
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    guard billdrop_watch_add(descriptor, bell.read, Self.bellNumber) == 0,
      timer < 0 || billdrop_watch_add(descriptor, timer, Self.timerNumber) == 0
    else { throw .notStarted("nothing can be watched, errno \(errno)") }
  }

  deinit {
    for end in [descriptor, bell.read, bell.write, timer] where end >= 0 { close(end) }
    numbers.deallocate()
  }

  /// Ends a wait, or the next one. From any thread.
  func ring() {
    var byte: UInt8 = 0
    _ = write(bell.write, &byte, 1)
  }

  /// Waits until a connection is ready, the bell rings, or one of these moments of the monotonic clock has come: `exact`,
  /// or roughly `deadline`; a moment that is over lets it only look. Calls `ready` with each connection's number.
  ///
  /// - Parameter multi: libcurl's handle, while that is connecting: what it waits for ends the wait too.
  func wait(
    exact: UInt64?, deadline: UInt64, connecting multi: UnsafeMutableRawPointer?, _ ready: (Int) -> Void
  ) {
    var limit = Self.milliseconds(until: deadline)
    if let exact, !set(to: exact) { limit = min(limit, Self.milliseconds(until: exact)) }
    if let multi {
      var own = curl_waitfd(fd: descriptor, events: Int16(CURL_WAIT_POLLIN), revents: 0)
      curl_multi_poll(multi, &own, 1, limit, nil)
      limit = 0
    }
    _ = take(upTo: limit, ready)
  }

  /// Looks, without waiting. Calls `ready` with the number of each connection that is ready. How much was: `most` at most,
  /// and then there may be more.
  func look(_ ready: (Int) -> Void) -> Int { take(upTo: 0, ready) }

  private func take(upTo limit: CInt, _ ready: (Int) -> Void) -> Int {
    let count = max(0, Int(billdrop_watch_wait(descriptor, numbers, limit)))
    for place in 0..<count {
      switch numbers[place] {
      case Self.bellNumber: drain(bell.read)
      case Self.timerNumber:
        drain(timer)
        timerMoment = 0
      default: ready(Int(numbers[place]))
      }
    }
    return count
  }

  private func drain(_ descriptor: CInt) {
    var bytes: (UInt64, UInt64) = (0, 0)
    while read(descriptor, &bytes, 16) == 16 {}
  }

  /// `false` where there is no timer.
  private func set(to moment: UInt64) -> Bool {
    guard timer >= 0 else { return false }
    guard moment != timerMoment else { return true }
    guard billdrop_timer_set(timer, max(moment, 1)) == 0 else { return false }
    timerMoment = moment
    return true
  }

  private static func milliseconds(until moment: UInt64) -> CInt {
    let now = MonotonicClock.now
    guard moment > now else { return 0 }
    return CInt(min((moment - now) / 1_000_000 + 1, UInt64(longest)))
  }
}
