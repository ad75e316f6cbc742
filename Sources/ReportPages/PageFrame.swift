/// What every page has around its contents.
enum PageFrame {
  /// A whole page, UTF-8. No script runs in it, and nothing is loaded, whatever it shows.
  static func page(title: String, header: (inout HTMLText) -> Void, main: (inout HTMLText) -> Void, footer: String)
    -> [UInt8]
  {
    var html = HTMLText()
    html.raw(
      """
      <!doctype html>
      <html lang="en"><head><meta charset="utf-8"/>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"/>
      <meta name="viewport" content="width=device-width, initial-scale=1"/>
      <meta name="color-scheme" content="light dark"/><meta name="referrer" content="no-referrer"/>
      """)
    html.element("title", text: title)
    html.raw("<style>")
    html.raw(PageStyle.sheet)
    html.raw("</style></head>\n<body><a class=\"skip\" href=\"#main\">To the contents</a>\n")
    html.element("header", body: header)
    html.element("main", ["id": "main"], main)
    html.element("footer") { $0.element("p", text: footer) }
    html.raw("</body></html>\n")
    return html.utf8
  }
}

extension HTMLText {
  fileprivate mutating func element(_ name: StaticString, body: (inout HTMLText) -> Void) { element(name, [:], body) }

  /// A section with its heading, which names it.
  mutating func section(
    _ id: String, _ title: String, class style: String = "", _ body: (inout HTMLText) -> Void
  ) {
    element("section", ["aria-labelledby": id, "class": style]) { html in
      html.element("h2", ["id": id], text: title)
      body(&html)
      html.raw("\n")
    }
  }

  /// A table that scrolls by itself where it is too wide; reachable by the keyboard for that.
  mutating func scrolling(_ label: String, _ body: (inout HTMLText) -> Void) {
    element("div", ["class": "scroll", "role": "region", "aria-label": label, "tabindex": "0"], body)
  }
}
