/// What is known of currencies: the active codes of ISO 4217 with their minor units, and which of them Moment takes.
///
/// Codes without a minor unit (metals, units of account, test codes) are nothing that a bill can be in, and left out.
package enum Currency {
  /// What Moment supports today.
  package static let supported: [CurrencyCode] = ["USD", "ZAR"].compactMap { CurrencyCode($0) }

  /// Whether ISO 4217 lists the code as active, with a minor unit.
  package static func isActive(_ code: CurrencyCode) -> Bool { exponent(of: code) != nil }

  /// Whether Moment takes bills in this currency.
  package static func isSupported(_ code: CurrencyCode) -> Bool { supported.contains(code) }

  /// Decimals of the currency's minor unit (ZAR 2, JPY 0, BHD 3); `nil` for a code that isn't active.
  package static func exponent(of code: CurrencyCode) -> Int? {
    let exponent = exponents[slot(of: code)]
    return exponent < 0 ? nil : Int(exponent)
  }

  /// Every active code, in the alphabet's order.
  package static var active: [CurrencyCode] {
    codesByExponent.flatMap { $0.codes.split(separator: " ") }.compactMap { CurrencyCode(String($0)) }.sorted()
  }

  /// One place for every three letters; −1 where there is no such currency.
  private static let exponents: [Int8] = {
    var table = [Int8](repeating: -1, count: 26 * 26 * 26)
    for (exponent, codes) in codesByExponent {
      for code in codes.split(separator: " ").compactMap({ CurrencyCode(String($0)) }) {
        table[slot(of: code)] = exponent
      }
    }
    return table
  }()

  /// The letters as a number to base 26.
  private static func slot(of code: CurrencyCode) -> Int {
    let letters = (code.packed >> 16 & 255, code.packed >> 8 & 255, code.packed & 255)
    return Int((letters.0 - 65) * 676 + (letters.1 - 65) * 26 + (letters.2 - 65))
  }

  /// ISO 4217, list one, funds included.
  private static let codesByExponent: [(exponent: Int8, codes: String)] = [
    (0, "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"),
    (
      2,
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW \
      CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR \
      ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV \
      MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD \
      SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG
      """
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
  ]
}
