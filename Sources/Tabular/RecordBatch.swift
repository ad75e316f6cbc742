/// The whole records of one stretch of input, reused from stretch to stretch: nothing is allocated for a record.
///
/// `base` points to the stretch as it came, then to the values that had to be rebuilt (doubled quotes made one).
/// All pointers hold until the batch is filled again; whoever keeps a record longer copies its bytes.
package struct RecordBatch: ~Copyable {
  /// Where in the input `base[0]` stands.
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
  /// Whether values have to be looked at for NUL and for what is no UTF-8.
  var hasUnusualBytes = false

  /// Bytes that may be read past the input, so that masks are taken over whole words.
  static let padding = 64

  /// A field whose value doesn't stand in the input as it is.
  struct RebuiltField {
    /// Its place in the batch's fields.
    var field: Int
    /// Where its opening quote stands in the storage.
    var quote: Int
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
  /// with the byte order mark and all that no record holds.
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

  /// Where in the input a record begins.
  package func byteOffset(of record: RecordSpan) -> Int64 { byteOffset + Int64(record.start) }
}

extension RecordBatch: @unchecked Sendable {}
