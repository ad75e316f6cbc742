import CScan

/// The fast way through records that have no fault, 64 bytes to a mask.
///
/// Masks are made for some KB before these are gone through. Where 64 bytes hold only delimiters and LFs, their fields are written without a branch for each; quotes, CRs and
/// controls are gone through one by one. It stops at the first record that is anything else, or isn't all there; that
/// one is left to `CarefulScan`. The zeros behind the input are special too, so that no step asks whether it has ended.
struct PlainScan {
  let base: UnsafePointer<UInt8>
  /// One past the last byte.
  let end: Int
  private let delimiter: UInt8
  /// The delimiter where the dialect has no quote.
  private let quote: UInt8
  private let fields: UnsafeMutablePointer<FieldSpan>
  private let records: UnsafeMutablePointer<RecordSpan>
  private let maximumRecordBytes: Int

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
  private var recordStart: Int
  private var fieldStart: Int
  /// Line ends inside the fields of the record that is being read.
  private var lineEnds = 0
  private var fieldCount: Int
  private var firstField: Int
  private var recordCount: Int
  private var line: Int
  private var number: Int

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
    fields = batch.fieldBuffer.base
    records = batch.recordBuffer.base
    maximumRecordBytes = parser.maximumRecordBytes
    word = start
    recordStart = start
    fieldStart = start
    fieldCount = batch.fieldBuffer.count
    firstField = batch.fieldBuffer.count
    recordCount = batch.recordBuffer.count
    line = parser.position.line
    number = parser.position.number
    look(at: start)
  }

  /// Adds plain records as far as they go, and moves `position` to what follows.
  ///
  /// - Returns: where the first record begins that isn't plain or isn't all there.
  @inline(__always)
  mutating func run(_ batch: inout RecordBatch, _ position: inout ParsePosition) -> Int {
    var goesOn = true
    while goesOn {
      while special == 0, goesOn {
        goesOn = takeWord()
        look(at: word &+ 64)
      }
      if goesOn { goesOn = takeOne(&batch) }
    }
    batch.recordBuffer.count = recordCount
    batch.dropFieldsWithoutRecord()
    if hasNull || beyondASCII != 0 { batch.hasUnusualBytes = true }
    position.line = line
    position.number = number
    return recordStart
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

  /// Goes through a word that holds nothing special; `false` if a record in it is too long.
  @inline(__always)
  private mutating func takeWord() -> Bool {
    let before = fieldCount
    writeFields()
    while lineFeeds != 0 {
      let upToThis = lineFeeds ^ (lineFeeds &- 1)
      let index = word &+ lineFeeds.trailingZeroBitCount
      let count = before &+ (separators & upToThis).nonzeroBitCount
      guard addRecord(contentEnd: index, next: index &+ 1, fieldsEnd: count) else { return false }
      lineFeeds &= lineFeeds &- 1
    }
    return true
  }

  /// Writes the fields that end in this word: eight at once, of which those past the last separator don't count.
  @inline(__always)
  private mutating func writeFields() {
    guard separators != 0 else { return }
    var rest = separators
    var start = fieldStart
    var target = fields + fieldCount
    fieldCount &+= separators.nonzeroBitCount
    repeat {
      for slot in 0..<8 {
        let index = word &+ rest.trailingZeroBitCount
        target[slot] = FieldSpan(index: start, end: index)
        start = index &+ 1
        rest &= rest &- 1
      }
      target += 8
    } while rest != 0
    fieldStart = word &+ 64 &- separators.leadingZeroBitCount
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
      addField(from: fieldStart, to: index, next: index &+ 1)
      return true
    }
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
      addField(from: fieldStart, to: index, next: index &+ 1)
      return endRecord(at: index)
    }
    if byte == quote { return index == fieldStart && takeQuoted(&batch) }
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
      batch.fieldBuffer.count = fieldCount
      batch.addQuoted(from: fieldStart, closing: quoted.closing, restEnd: index, isRebuilt: true, quote)
    } else {
      fields[fieldCount] = FieldSpan(index: fieldStart &+ 1, end: quoted.closing)
    }
    fieldCount &+= 1
    fieldStart = index &+ 1
    lineEnds &+= quoted.lineEnds
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
    fields[fieldCount] = FieldSpan(index: start, end: index)
    fieldCount &+= 1
    fieldStart = next
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
    guard addRecord(contentEnd: index, next: next, fieldsEnd: fieldCount) else { return false }
    fieldStart = next
    return true
  }

  /// Adds the record up to a line end; `false` if it is too long.
  @inline(__always)
  private mutating func addRecord(contentEnd: Int, next: Int, fieldsEnd: Int) -> Bool {
    guard contentEnd &- recordStart <= maximumRecordBytes else { return false }
    records[recordCount] = RecordSpan(
      number: number, line: line, start: UInt32(truncatingIfNeeded: recordStart),
      end: UInt32(truncatingIfNeeded: next), firstField: UInt32(truncatingIfNeeded: firstField),
      fieldCount: UInt32(truncatingIfNeeded: fieldsEnd &- firstField))
    recordCount &+= 1
    number &+= 1
    line &+= 1 &+ lineEnds
    lineEnds = 0
    firstField = fieldsEnd
    recordStart = next
    return true
  }
}
