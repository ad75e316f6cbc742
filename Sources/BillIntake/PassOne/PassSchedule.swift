/// Who does what next in pass one, on any number of threads.
///
/// Each block is read, then checked, then taken, and digested at any time after it was read. Reading, taking and
/// digesting are done by one thread at a time and in the file's order, so that what comes out is the same however many
/// threads there are; checking is done by as many as there are.
///
/// Threads that check digest by the way (`DigestRelay`), which together takes less than the one after the other, and tell
/// when a block was digested. That may fall behind: where some blocks lack nothing else, the next is digested by itself,
/// or else there would be no free block to go on with.
///
/// A thread reads into memory that it read into before, and checks what it read itself, as long as there is any: what
/// another processor's cache holds is dear to write to, on some machines more than all that is done with it.
///
/// A value that does nothing by itself: the threads ask it, behind a lock.
struct PassSchedule {
  /// What a thread can do, with the block's number from 0.
  enum Job: Hashable {
    case read(Int)
    case check(Int)
    /// To digest what is left of a block.
    case digest(Int)
    case take(Int)
    /// Nothing will come any more.
    case end
  }

  /// Where so many blocks in a row were checked and not digested, that is done first.
  private static let mostBehind = 3

  /// How many blocks are in memory at most; what is known of block n stands in slot n % slots.
  let slots: Int
  /// By slot: in which place in memory, from 0 up to `slots`, its block stands.
  private var places: [Int]
  /// By place: which thread read into it last.
  private var readers: [Int?]
  /// Places that no block needs; the one that was needed last comes last. Blocks before `freed` need none.
  private var free: [Int]
  private var freed = 0
  private var read = 0
  private var digested = 0
  private var taken = 0
  /// By slot: whether its block was read, and nobody has begun to check it.
  private var isWaiting: [Bool]
  /// By slot: whether its block was checked, and not taken since.
  private var isChecked: [Bool]
  private var isReading = false
  private var isDigesting = false
  private var isTaking = false
  private var isReadingOver = false
  private var isBroken = false

  init(slots: Int) {
    self.slots = slots
    isWaiting = Array(repeating: false, count: slots)
    isChecked = isWaiting
    places = Array(repeating: 0, count: slots)
    readers = Array(repeating: nil, count: slots)
    free = Array((0..<slots).reversed())
  }

  /// In which place in memory a block stands that was begun to be read, and is needed still.
  func place(of block: Int) -> Int { places[block % slots] }

  /// The next job for a thread that asks; `nil` where it has to wait for another one. What frees memory comes first.
  mutating func next(for thread: Int = 0) -> Job? {
    if isBroken { return .end }
    if !isDigesting, isFarBehind { return digest() }
    if !isTaking, taken < read, isChecked[taken % slots] {
      isTaking = true
      return .take(taken)
    }
    let own = (taken..<read).first { isWaiting[$0 % slots] && readers[place(of: $0)] == thread }
    if let own { return check(own) }
    if canRead { return beginReading(thread) }
    if let block = (taken..<read).first(where: { isWaiting[$0 % slots] }) { return check(block) }
    if canDigest { return digest() }
    return isReadingOver && !isReading && taken == read && digested == read ? .end : nil
  }

  private var canRead: Bool { !isReading && !isReadingOver && read - min(taken, digested) < slots }

  private mutating func beginReading(_ thread: Int) -> Job {
    isReading = true
    while freed < min(taken, digested) {
      free.append(place(of: freed))
      freed += 1
    }
    let known = free.lastIndex { readers[$0] == thread } ?? free.lastIndex { readers[$0] == nil }
    let place = free.remove(at: known ?? free.count - 1)
    places[read % slots] = place
    readers[place] = thread
    return .read(read)
  }

  /// Whether the digest is so far behind the checks that it holds up what could be done else.
  private var isFarBehind: Bool {
    digested + Self.mostBehind <= read
      && (digested..<digested + Self.mostBehind).allSatisfy { $0 < taken || isChecked[$0 % slots] }
  }

  private mutating func digest() -> Job {
    isDigesting = true
    return .digest(digested)
  }

  /// Whether the next block can be digested by itself: while another thread checks it, its bytes may move.
  private var canDigest: Bool {
    !isDigesting && digested < read && (digested < taken || isChecked[digested % slots])
  }

  private mutating func check(_ block: Int) -> Job {
    isWaiting[block % slots] = false
    return .check(block)
  }

  /// The block was read; without one the input was at its end.
  mutating func finishReading(hasBlock: Bool) {
    isReading = false
    guard hasBlock else {
      isReadingOver = true
      return
    }
    isWaiting[read % slots] = true
    read += 1
  }

  mutating func finishChecking(_ block: Int) { isChecked[block % slots] = true }

  /// The next block was digested, by itself or by the way.
  mutating func noteDigested() { digested += 1 }

  /// Whoever was to digest a block by itself is through with that; the block was told of by `noteDigested`.
  mutating func finishDigesting() { isDigesting = false }

  mutating func finishTaking() {
    isChecked[taken % slots] = false
    isTaking = false
    taken += 1
  }

  /// Nothing more is read; what was read is finished.
  mutating func stopReading() { isReadingOver = true }

  /// Nothing more is done.
  mutating func breakOff() { isBroken = true }
}
