import CScan

/// The fast way through records that have no fault, 64 bytes to a mask.
///
/// Masks are made for some KB before these are gone through. Where 64 bytes hold only delimiters and LFs, `CScan` writes
/// their fields without a branch for each; quotes, CRs and controls are gone through one by one. It stops at the first
/// record that is anything else, or isn't all there; that one is left to `CarefulScan`. The zeros behind the input are
/// special too, so that no step asks whether it has ended.
struct PlainScan {
  let base: UnsafePointer<UInt8>
  /// One past the last byte.
  let end: Int
  private let delimiter: UInt8
  /// The delimiter where the dialect has no quote.
  private let quote: UInt8
  /// The masks of what follows, from `nextMasks` up to `masksEnd`.
  private let masks: UnsafeMutablePointer<cscan_delimited_masks>
  private var nextMasks = 0
  private var masksEnd = 0
  /// How many were made the last time: few at first, as a scan may end soon.
  private var ahead = 2

  /// How many masks are made at most before they are gone through.
  static let mostAhead = 64

  /// Where the 64 bytes begin that the masks speak of, which lose their bits as these are gone through.
  private var word: Int
  private var separators: UInt64 = 0
  private var lineFeeds: UInt64 = 0
  private var special: UInt64 = 0

  /// Not zero if there was a byte that isn't ASCII.
  private(set) var beyondASCII: UInt64 = 0
  private(set) var hasNull = false
  /// What was found so far.
  private var state: cscan_splitting

  /// A scan of what `batch` was loaded with, to be `run` from `start` on, where a record begins.
  ///
  /// - Parameter masks: Memory for `mostAhead` masks, for as long as it runs.
  @inline(__always)
  init(
    _ batch: borrowing RecordBatch, from start: Int, _ parser: CSVParser,
    masks: UnsafeMutablePointer<cscan_delimited_masks>
  ) {
    self.masks = masks
    base = batch.base
    end = batch.rawCount
    delimiter = parser.dialect.delimiter
    quote = parser.dialect.quote ?? parser.dialect.delimiter
    word = start
    state = cscan_splitting(
      fields: UnsafeMutableRawPointer(batch.fieldBuffer.base).assumingMemoryBound(to: cscan_span.self),
      records: UnsafeMutableRawPointer(batch.recordBuffer.base).assumingMemoryBound(to: cscan_record.self),
      field_count: batch.fieldBuffer.count, record_count: batch.recordBuffer.count, field_start: start,
      record_start: start, first_field: batch.fieldBuffer.count, number: parser.position.number,
      line: parser.position.line, line_ends: 0, most_bytes: parser.maximumRecordBytes, is_too_long: 0)
    look(at: start)
  }

  /// Adds plain records as far as they go, and moves `position` to what follows.
  ///
  /// - Returns: where the first record begins that isn't plain or isn't all there.
  @inline(__always)
  mutating func run(_ batch: inout RecordBatch, _ position: inout ParsePosition) -> Int {
    var goesOn = true
    while goesOn {
      if special == 0 { goesOn = takeWord() && takeWords() }
      if goesOn { goesOn = takeOne(&batch) }
    }
    batch.recordBuffer.count = state.record_count
    batch.dropFieldsWithoutRecord()
    if hasNull || beyondASCII != 0 { batch.hasUnusualBytes = true }
    position.line = state.line
    position.number = state.number
    return state.record_start
  }

  @inline(__always)
  private mutating func look(at place: Int) {
    if nextMasks == masksEnd { makeMasks(from: place) }
    let found = masks[nextMasks]
    nextMasks &+= 1
    word = place
    separators = found.delimiters | found.line_feeds
    lineFeeds = found.line_feeds
    special = found.special
    beyondASCII |= found.beyond_ascii
  }

  /// Makes masks from a place on; those of the zeros behind the input are the last that anybody looks at.
  @inline(never)
  private mutating func makeMasks(from place: Int) {
    ahead = min(Self.mostAhead, ahead &* 2)
    masksEnd = min(ahead, (end &- place) / 64 &+ 1)
    nextMasks = 0
    cscan_delimited_words(base + place, masksEnd, delimiter, quote, masks)
  }

  /// Goes through what is left of a word, which holds nothing special; `false` if a record in it is too long.
  @inline(__always)
  private mutating func takeWord() -> Bool {
    guard separators != 0 else { return true }
    var rest = cscan_delimited_masks(
      delimiters: separators & ~lineFeeds, line_feeds: lineFeeds, special: 0, beyond_ascii: 0)
    return cscan_split(&state, &rest, 1, word) == 1
  }

  /// Goes through the words up to one that holds something special, which is looked at; `false` if a record in them is
  /// too long.
  @inline(__always)
  private mutating func takeWords() -> Bool {
    while true {
      word = word &+ 64
      if nextMasks == masksEnd { makeMasks(from: word) }
      let isPlain = masks[nextMasks].special == 0
      let count = isPlain ? cscan_split(&state, masks + nextMasks, masksEnd &- nextMasks, word) : 0
      for index in nextMasks..<nextMasks &+ count { beyondASCII |= masks[index].beyond_ascii }
      guard state.is_too_long == 0 else { return false }
      word = word &+ 64 &* count
      nextMasks &+= count
      if nextMasks < masksEnd {
        look(at: word)
        return true
      }
      word = word &- 64
    }
  }

  /// The next separator or special byte; one at or past `end` is a zero.
  @inline(__always)
  private mutating func next() -> Int {
    while separators | special == 0 { look(at: word &+ 64) }
    let bits = separators | special
    let rest = bits & (bits &- 1)
    separators &= rest
    lineFeeds &= rest
    special &= rest
    return word &+ bits.trailingZeroBitCount
  }

  /// Goes through one byte that separates or is special, a quoted field as a whole; `false` if the record isn't plain.
  @inline(__always)
  private mutating func takeOne(_ batch: inout RecordBatch) -> Bool {
    let index = next()
    let byte = base[index]
    if byte == delimiter {
      addField(from: state.field_start, to: index, next: index &+ 1)
      return true
    }
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      addField(from: state.field_start, to: index, next: index &+ 1)
      return endRecord(at: index)
    }
    if byte == quote { return index == state.field_start && takeQuoted(&batch) }
    return pass(controlAt: index)
  }

  /// Goes through the field whose opening quote was just passed, and the separator after it.
  @inline(__always)
  private mutating func takeQuoted(_ batch: inout RecordBatch) -> Bool {
    guard let quoted = closeQuoted() else { return false }
    let index = quoted.closing &+ 1
    let byte = base[index]
    guard byte == delimiter || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") else { return false }
    _ = next()
    if quoted.hasDoubled {
      batch.fieldBuffer.count = state.field_count
      batch.addQuoted(from: state.field_start, closing: quoted.closing, restEnd: index, isRebuilt: true, quote)
    } else {
      write(from: state.field_start &+ 1, to: quoted.closing)
    }
    state.field_count &+= 1
    state.field_start = index &+ 1
    state.line_ends &+= quoted.lineEnds
    return byte == delimiter || endRecord(at: index)
  }

  /// A quoted field that is closed.
  private struct Quoted {
    var closing = 0
    var lineEnds = 0
    var hasDoubled = false
  }

  /// Finds the end of the quoted field whose opening quote was just passed; `nil` if it isn't there.
  @inline(__always)
  private mutating func closeQuoted() -> Quoted? {
    var field = Quoted()
    while true {
      let index = next()
      let byte = base[index]
      if byte == quote {
        field.closing = index
        if base[index &+ 1] != quote { return field }
        _ = next()
        field.hasDoubled = true
      } else if byte == UInt8(ascii: "\r") || (byte == UInt8(ascii: "\n") && base[index &- 1] != UInt8(ascii: "\r")) {
        field.lineEnds &+= 1
      } else if byte != delimiter, !pass(controlAt: index) {
        return nil
      }
    }
  }

  /// Notes a control byte; `false` if it is the end.
  @inline(__always)
  private mutating func pass(controlAt index: Int) -> Bool {
    guard index < end else { return false }
    if base[index] == 0 { hasNull = true }
    return true
  }

  @inline(__always)
  private mutating func addField(from start: Int, to index: Int, next: Int) {
    write(from: start, to: index)
    state.field_count &+= 1
    state.field_start = next
  }

  @inline(__always)
  private mutating func write(from start: Int, to end: Int) {
    state.fields[state.field_count] = cscan_span(
      start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end))
  }

  /// Ends the record with the line end at `index`; `false` if the record isn't plain or the line end isn't all there.
  @inline(__always)
  private mutating func endRecord(at index: Int) -> Bool {
    var next = index &+ 1
    if base[index] == UInt8(ascii: "\r") {
      guard next < end else { return false }
      if base[next] == UInt8(ascii: "\n") {
        _ = self.next()
        next &+= 1
      }
    }
    guard addRecord(contentEnd: index, next: next, fieldsEnd: state.field_count) else { return false }
    state.field_start = next
    return true
  }

  /// Adds the record up to a line end; `false` if it is too long.
  @inline(__always)
  private mutating func addRecord(contentEnd: Int, next: Int, fieldsEnd: Int) -> Bool {
    guard contentEnd &- state.record_start <= state.most_bytes else { return false }
    state.records[state.record_count] = cscan_record(
      number: state.number, line: state.line, start: UInt32(truncatingIfNeeded: state.record_start),
      end: UInt32(truncatingIfNeeded: next), first_field: UInt32(truncatingIfNeeded: state.first_field),
      field_count: UInt32(truncatingIfNeeded: fieldsEnd &- state.first_field))
    state.record_count &+= 1
    state.number &+= 1
    state.line &+= 1 &+ state.line_ends
    state.line_ends = 0
    state.first_field = fieldsEnd
    state.record_start = next
    return true
  }
}
