import CMicrohttpd

extension MHD_Result {
  /// Go on.
  static var proceed: MHD_Result { billdrop_mhd_yes() }
  /// Close the connection.
  static var close: MHD_Result { billdrop_mhd_no() }
}
