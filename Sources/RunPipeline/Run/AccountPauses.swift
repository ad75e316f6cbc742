import SubmitPass

/// What keeps the files of an account, or of one of its feeds, from being sent for the rest of a pass: so that others go on,
/// and nobody is asked again and again. Pure.
struct AccountPauses {
  /// So many files in a row that the API was silent about say that it can't be reached: it may be so about the rows of one
  /// alone.
  private static let mostSilent = 2

  private var silent = 0
  private var isOver = false
  private var feeds: Set<String> = []
  /// Whether the API refuses the key: that stays so.
  private(set) var isRefused = false

  /// Another pass begins.
  mutating func begin() { (silent, isOver, feeds) = (0, false, []) }

  /// The API refuses the key, or did for others who have it.
  mutating func refuse() { isRefused = true }

  /// Takes in why the submission of a file of one of the account's feeds ended.
  mutating func note(_ stop: SubmitStop?, of feed: String) {
    switch stop {
    case nil, .fileChanged, .tooManyRefused, .refusedInARow, .canaryWaits, .strayed, .dayIsTooSmall: return
    case .finished: silent = 0
    case .unreachable:
      silent += 1
      isOver = isOver || silent >= Self.mostSilent
    // There may be other calls that the API answers, and other rows that it has as they were sent.
    case .noSuchPath, .canaryDiffers: feeds.insert(feed)
    case .unauthorised: refuse()
    case .untrusted, .pausedTooLong, .throttledTooLong, .quietHours, .dayIsSpent, .interrupted: isOver = true
    }
  }

  /// Whether no more files of a feed are sent in this pass.
  func rests(_ feed: String) -> Bool { isOver || isRefused || feeds.contains(feed) }
}
