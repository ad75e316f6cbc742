/// In which order the bytes of a unit of two or four stand.
enum ByteOrder: String, Hashable, Sendable {
  case little = "LE"
  case big = "BE"
}
