/// Where the decimal mark of a number stands that is written without one.
package enum ImpliedDecimals {
  /// The minor units of a number whose last `decimals` digits are its decimals, in a currency with `exponent` of them.
  ///
  /// Decimals beyond those of the currency must be zeros; nothing is rounded. Both 0 to 18.
  package static func minorUnits(_ number: Int64, decimals: Int, exponent: Int) throws(NumberFault) -> Int64 {
    precondition((0...18).contains(decimals) && (0...18).contains(exponent))
    if decimals > exponent {
      let (quotient, remainder) = number.quotientAndRemainder(dividingBy: power(decimals - exponent))
      guard remainder == 0 else { throw .excessDecimals }
      return quotient
    }
    let (product, overflow) = number.multipliedReportingOverflow(by: power(exponent - decimals))
    guard !overflow else { throw .overflow }
    return product
  }

  private static func power(_ exponent: Int) -> Int64 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}
