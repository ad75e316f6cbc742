/// The whole records of one stretch of input, reused from stretch to stretch: nothing is allocated for a record.
///
/// `base` points to the stretch as it came, then to the values that had to be rebuilt (doubled quotes made one).
/// All pointers hold until the batch is filled again; whoever keeps a record longer copies its bytes.
package struct RecordBatch: ~Copyable {
  /// Where in the text `base[0]` stands: in the input after it was unpacked and decoded.
  package internal(set) var byteOffset: Int64 = 0
  /// What is wrong with the records, in the order of the input.
  package internal(set) var faults: [RecordFault] = []

  /// The input's bytes, `padding` zeros, the rebuilt values.
  var storage: GrowingBuffer<UInt8>
  /// How many of the storage's bytes are input.
  var rawCount = 0
  /// Where the bytes begin that came with the last filling; what stands before them was left over.
  var freshStart = 0
  /// Where the whole records end: the bytes from here to `rawCount` begin the next batch.
  var consumed = 0
  var recordBuffer: GrowingBuffer<RecordSpan>
  var fieldBuffer: GrowingBuffer<FieldSpan>
  var rebuilt: [RebuiltField] = []
  /// Of the records, so many stay even if blank lines only follow them.
  var settledRecords = 0
  /// Whether values have to be looked at for NUL and for what is no UTF-8; where not, they are ASCII.
  package internal(set) var hasUnusualBytes = false
  /// Whether fields are cut by their place: they may begin or end within a character, and a record is one line whatever
  /// stands in it.
  var isFixedWidth = false
  /// The way back to the bytes that the text was decoded from.
  var sourceMap = SourceMap()
  /// What could not be decoded from the first byte of the batch on, in the order of the text.
  var decodingFaults: [DecodingFault] = []
  /// Line ends from the first byte of the batch on that aren't like the input's first one.
  var lineEnds: [ReplacedBytes] = []

  /// Bytes that may be read past the input, so that masks are taken over whole words.
  static let padding = 64

  /// A field whose value doesn't stand in the input as it is.
  struct RebuiltField {
    /// Its place in the batch's fields.
    var field: Int
    /// Where it begins in the storage as it came: its quote, if it has one.
    var start: Int
    /// Whether the byte there opens it as a quote.
    var isQuoted: Bool
  }

  /// An empty batch. It takes memory as it is filled.
  package init() {
    storage = GrowingBuffer(capacity: Self.padding)
    recordBuffer = GrowingBuffer(capacity: 256)
    fieldBuffer = GrowingBuffer(capacity: 4096)
  }

  /// The bytes that all spans of the batch count from.
  package var base: UnsafePointer<UInt8> { UnsafePointer(storage.base) }

  /// The records, in the order of the input.
  package var records: UnsafeBufferPointer<RecordSpan> {
    UnsafeBufferPointer(start: recordBuffer.base, count: recordBuffer.count)
  }

  /// The fields of all records, record after record.
  package var fields: UnsafeBufferPointer<FieldSpan> {
    UnsafeBufferPointer(start: fieldBuffer.base, count: fieldBuffer.count)
  }

  /// The bytes that came from the source with this batch. Over all batches of a reader they are the input, each byte once,
  /// with the byte order mark and all that no record holds. (What is unpacked or decoded is not what is on disk: for that,
  /// see `ByteSource.watched`.)
  package var freshBytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: storage.base + freshStart, count: rawCount - freshStart)
  }

  /// The bytes after the last whole record, which belong in front of the next batch.
  package var leftover: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: storage.base + consumed, count: rawCount - consumed)
  }

  /// A record's fields.
  package func fields(of record: RecordSpan) -> UnsafeBufferPointer<FieldSpan> {
    UnsafeBufferPointer(start: fieldBuffer.base + Int(record.firstField), count: Int(record.fieldCount))
  }

  /// A field's value.
  package func bytes(of field: FieldSpan) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: storage.base + Int(field.start), count: Int(field.end - field.start))
  }

  /// A record as it came, with its line end.
  package func rawBytes(of record: RecordSpan) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: storage.base + Int(record.start), count: Int(record.end - record.start))
  }

  /// Where in the input a record begins, before it was decoded. Exact but for encodings of several bytes a character
  /// other than UTF-8, UTF-16 and UTF-32, where it is the beginning of its line.
  package func byteOffset(of record: RecordSpan) -> Int64 { sourceOffset(of: Int(record.start)) }

  /// Whether faults say where the byte itself stands. Else it is where its line begins, but of bytes that are not of the
  /// input's encoding.
  package var knowsPlaces: Bool { sourceMap.pace != .unknown }

  /// Where in the input a byte of the batch stands, before it was decoded.
  func sourceOffset(of index: Int) -> Int64 {
    sourceMap.source(of: byteOffset + Int64(index), in: base, at: byteOffset)
  }
}

extension RecordBatch: @unchecked Sendable {}
