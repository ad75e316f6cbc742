extension PhoneRegion {
  /// Whether a text is a telephone number as people of this region write it.
  package func reads(_ text: String) -> Bool {
    var value = ValueText()
    value.bytes.append(contentsOf: Array(text.utf8))
    return !text.isEmpty && convert(&value) == nil
  }
}
