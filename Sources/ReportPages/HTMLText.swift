/// Builds a page of HTML. Markup is written in the source alone (`StaticString`); whatever comes from a file, a name or
/// an answer goes through `text` or an attribute, and is escaped there.
struct HTMLText {
  private(set) var utf8: [UInt8] = []

  /// Appends markup of ours.
  mutating func raw(_ markup: StaticString) {
    markup.withUTF8Buffer { utf8.append(contentsOf: $0) }
  }

  /// Appends what another builder has made.
  mutating func append(_ other: HTMLText) { utf8 += other.utf8 }

  /// Appends text: nothing in it can become markup.
  mutating func text(_ text: String) {
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): raw("&amp;")
      case UInt8(ascii: "<"): raw("&lt;")
      case UInt8(ascii: ">"): raw("&gt;")
      case UInt8(ascii: "\""): raw("&quot;")
      case UInt8(ascii: "'"): raw("&#39;")
      case 0: raw("\u{FFFD}")
      default: utf8.append(byte)
      }
    }
  }

  /// Appends a sentence in which the options of commands stay whole at a line's end.
  mutating func sentence(_ text: String) {
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0 { raw(" ") }
      if word.drop(while: { "(\"".contains($0) }).hasPrefix("--") {
        element("span", ["class": "option"], text: String(word))
      } else {
        self.text(String(word))
      }
    }
  }

  /// Appends an element with what `body` writes into it.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], _ body: (inout HTMLText) -> Void
  ) {
    open(name, attributes)
    body(&self)
    raw("</")
    raw(name)
    raw(">")
  }

  /// Appends an element with a text in it.
  mutating func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
  ) {
    element(name, attributes) { $0.text(text) }
  }

  /// Appends an element's beginning; of one that has no end, all of it.
  mutating func open(_ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:]) {
    raw("<")
    raw(name)
    for (key, value) in attributes {
      raw(" ")
      raw(key)
      raw("=\"")
      text(value)
      raw("\"")
    }
    raw(">")
  }
}

extension HTMLText {
  /// Appends a figure that one wants to know first, among others in a list. A long one is written smaller: a number isn't
  /// broken.
  mutating func tile(_ figure: String, _ words: String) {
    let size = figure.count > 14 ? "longer" : figure.count > 10 ? "long" : ""
    element("li") { html in
      if size.isEmpty { html.element("b", text: figure) } else { html.element("b", ["class": size], text: figure) }
      html.element("span", text: words)
    }
  }
}
